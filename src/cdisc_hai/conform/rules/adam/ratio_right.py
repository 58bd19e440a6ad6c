"""Rule BDS-RATIO."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import differ
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-RATIO",
    "R2BASE is AVAL divided by BASE.",
    mend="work the ratio out anew",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "AVAL",
        "BASE",
        "R2BASE",
    ),
)
def ratio_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """The ratio to baseline (ADaMIG 1.3); a hundredth of rounding is let pass."""
    base = table.number("BASE")
    bad = differ(table.number("R2BASE"), table.number("AVAL") / base.where(base.ne(0)), 0.01)
    yield Broken("R2BASE", bad, "is not AVAL divided by BASE", ("AVAL", "BASE", "R2BASE"))
