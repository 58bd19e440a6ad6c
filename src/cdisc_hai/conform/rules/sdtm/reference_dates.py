"""Rule REFERENCE-DATES."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "REFERENCE-DATES",
    "A treated subject has reference dates, another has none.",
    mend="derive RFSTDTC and RFENDTC of treated subjects, and leave them out for others",
    severity="warning",
    datasets=("DM",),
    needs=("USUBJID", "RFSTDTC", "EX.USUBJID"),
    public=(
        "CORE-000191",
        "CORE-000192",
        "CORE-000369",
        "CORE-000378",
        "CORE-000379",
        "CORE-000380",
        "CG0141",
        "CG0142",
        "CG0145",
        "CG0146",
    ),
)
def reference_dates(table: Table, folder: Folder) -> Iterator[Broken]:
    """RFSTDTC and RFENDTC are filled for the subjects of EX, and empty for those whose ARMNRS says
    that nothing was given (SDTMIG 5.2)."""
    treated = among(table, ("USUBJID",), folder.get("EX"))
    none = table.is_in("ARMNRS", ("SCREEN FAILURE", "NOT ASSIGNED", "ASSIGNED, NOT TREATED"))
    for name in ("RFSTDTC", "RFENDTC"):
        if table.has(name):
            lacks = treated & table.empty(name)
            yield Broken(name, lacks, "is empty, but the subject is in EX", ("USUBJID",))
            extra = none & table.filled(name)
            yield Broken(name, extra, "although nothing was given", (name, "ARMNRS"))
