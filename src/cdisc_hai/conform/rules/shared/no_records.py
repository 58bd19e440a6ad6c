"""Rule DATASET-EMPTY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DATASET-EMPTY",
    "A dataset has records.",
    mend="leave the dataset out",
    standard="both",
    public=("CORE-000579", "CG0408"),
)
def no_records(table: Table, folder: Folder) -> Iterator[Broken]:
    """A dataset without records is not submitted (SDTMIG 3.2.1)."""
    if table.frame.empty:
        yield Broken("", None, "has no record", ())
