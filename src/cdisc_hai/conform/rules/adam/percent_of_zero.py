"""Rule BDS-PERCENT-ZERO."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PERCENT-ZERO",
    "There is no percent change from a baseline of 0.",
    mend="leave PCHG empty",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "BASE",
        "PCHG",
    ),
)
def percent_of_zero(table: Table, folder: Folder) -> Iterator[Broken]:
    """Nothing can be told as percent of 0."""
    yield Broken("PCHG", table.filled("PCHG") & table.number("BASE").eq(0), "is a percentage of 0")
