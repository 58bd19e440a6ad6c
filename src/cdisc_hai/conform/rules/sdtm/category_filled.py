"""Rule CATEGORY-FILLED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "CATEGORY-FILLED",
    "Where nearly all records have a category, all have one.",
    mend="write the category",
    severity="warning",
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
    needs=("--CAT",),
    public=("CORE-000522", "FB1401"),
)
def category_filled(table: Table, folder: Folder) -> Iterator[Broken]:
    """--CAT groups the records of a dataset (SDTMIG 2.2.5); one without a category among many with
    one is in no group. In DS every record has one (SDTMIG 6.2.4)."""
    lacks = table.empty("--CAT")
    if table.prefix == "DS" or 0 < lacks.sum() <= _FEW * len(lacks):
        yield Broken("--CAT", lacks, "has no category", ())


_FEW = 0.05
