"""Rule BDS-PERCENT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import differ
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PERCENT",
    "PCHG is the change as percent of BASE.",
    mend="work the percent change out anew",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "AVAL",
        "BASE",
        "PCHG",
    ),
)
def percent_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """100 times CHG by BASE (ADaMIG 1.3); a hundredth of rounding is let pass."""
    base = table.number("BASE")
    right = 100 * (table.number("AVAL") - base) / base.where(base.ne(0))
    bad = differ(table.number("PCHG"), right, 0.01)
    yield Broken("PCHG", bad, "is not the change as percent of BASE", ("AVAL", "BASE", "PCHG"))
