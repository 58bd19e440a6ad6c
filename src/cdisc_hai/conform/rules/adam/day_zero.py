"""Rule ADAM-DAY-ZERO."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-DAY-ZERO",
    "There is no analysis day 0.",
    mend="count from 1 on and after the reference date, and from -1 before it",
    standard="adam",
)
def day_zero(table: Table, folder: Folder) -> Iterator[Broken]:
    """Relative days have no day 0 (ADaMIG 1.3)."""
    for name in ("ADY", "ASTDY", "AENDY"):
        yield Broken(name, table.number(name).eq(0), "is day 0")
