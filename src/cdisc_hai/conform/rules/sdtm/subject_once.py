"""Rule SUBJECT-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SUBJECT-ONCE",
    "A subject has one record in DM.",
    mend="keep one record, or correct the identifier",
    datasets=("DM",),
    public=("CORE-000351", "CORE-000186", "CG0150", "CG0151", "SD1001"),
)
def subject_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """USUBJID, and SUBJID within the study, stand once in DM (SDTMIG 5.2)."""
    for name in ("USUBJID", "SUBJID"):
        same = table.group("STUDYID", name)
        bad = table.filled(name) & how_many(table.filled(name), same).gt(1)
        yield Broken(name, bad, "stands in more than one record")
