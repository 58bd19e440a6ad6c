"""Rule EXPOSURE-REFERENCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.exposure import first_and_last
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "EXPOSURE-REFERENCE",
    "RFXSTDTC and RFXENDTC are the first and the last exposure of EX.",
    mend="derive them from EX",
    datasets=("DM",),
    needs=("USUBJID", "EX.EXSTDTC"),
    public=("CORE-000238", "CORE-000239", "CG0147", "CG0148", "SD1209", "SD1210"),
)
def exposure_dates(table: Table, folder: Folder) -> Iterator[Broken]:
    """RFXSTDTC is the earliest EXSTDTC of the subject and RFXENDTC the latest EXENDTC, or EXSTDTC
    where that is later (SDTMIG 5.2); both are empty for a subject who is not in EX."""
    first, last = first_and_last(table, folder.get("EX"))
    for name, right in (("RFXSTDTC", first), ("RFXENDTC", last)):
        if table.has(name):
            bad = table.text(name).ne(right)
            yield Broken(name, bad, "is not what EX has", (name, "in EX"), beside={"in EX": right})
