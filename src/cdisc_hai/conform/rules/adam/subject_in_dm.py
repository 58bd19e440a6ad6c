"""Rule ADSL-IN-DM."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-IN-DM",
    "A subject of ADSL is in DM.",
    mend="correct the subject, or add the record to DM",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "USUBJID",
        "DM.USUBJID",
    ),
    public=("AD0053",),
)
def subject_in_dm(table: Table, folder: Folder) -> Iterator[Broken]:
    """Analysis subjects come from DM, and USUBJID is the same in both (ADaMIG 1.3)."""
    known = among(table, ("USUBJID",), folder.get("DM"))
    yield Broken("USUBJID", table.filled("USUBJID") & ~known, "is not in DM")
