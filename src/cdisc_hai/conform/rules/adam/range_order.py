"""Rule BDS-RANGE-ORDER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-RANGE-ORDER",
    "A reference range does not end below where it begins.",
    mend="correct the limits",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def range_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """ANRLO and ANRHI, A1LO and A1HI are lower and upper limits (ADaMIG 1.3)."""
    for low, high in (("ANRLO", "ANRHI"), ("A1LO", "A1HI")):
        bad = table.number(high) < table.number(low)
        yield Broken(high, bad, f"lies below {low}", (low, high))
