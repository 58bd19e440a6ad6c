"""Rule SUBJECT-KNOWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SUBJECT-KNOWN",
    "Every subject is in DM.",
    mend="add the subject to DM, or correct the identifier",
    needs=("USUBJID", "DM.USUBJID"),
    public=("CORE-000201", "CG0029", "SD0064"),
    told_by=("CONTRACT-SUBJECT",),
)
def subject_known(table: Table, folder: Folder) -> Iterator[Broken]:
    """USUBJID of every dataset is one of DM's (SDTMIG 5.2); associated persons and RELREC across
    subjects have none."""
    if table.name.startswith("AP"):
        return
    bad = table.filled("USUBJID") & ~among(table, ("USUBJID",), folder.get("DM"))
    yield Broken("USUBJID", bad, "is not in DM")
