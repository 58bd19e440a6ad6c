"""Rule TTE-NEGATIVE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-NEGATIVE",
    "A time is not negative.",
    mend="correct the origin or the date",
    standard="adam",
    kinds=("TTE",),
    needs=("AVAL",),
)
def time_negative(table: Table, folder: Folder) -> Iterator[Broken]:
    """Survival methods take no negative times."""
    yield Broken("AVAL", table.number("AVAL").lt(0), "is a negative time")
