"""Rule STUDY-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import most_common
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "STUDY-ONE",
    "All records belong to one study.",
    mend="write the study's identifier into every record",
    public=("CORE-000172", "CG0409"),
    needs=("STUDYID",),
)
def study_one(table: Table, folder: Folder) -> Iterator[Broken]:
    """STUDYID is that of DM, in all records (SDTMIG 4.1.2); without DM that of most records."""
    dm = folder.get("DM")
    study = most_common(dm if dm.has("STUDYID") else table, "STUDYID")
    if study:
        yield Broken("STUDYID", ~table.is_in("STUDYID", (study,)), f"is not '{study}'")
