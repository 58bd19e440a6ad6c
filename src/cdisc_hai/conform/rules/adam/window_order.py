"""Rule BDS-WINDOW-ORDER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-WINDOW-ORDER",
    "The target of a visit window lies inside the window.",
    mend="correct AWTARGET, AWLO or AWHI",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("AWTARGET",),
)
def window_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """AWLO and AWHI are the first and last day of the window around AWTARGET (ADaMIG 1.3)."""
    target = table.number("AWTARGET")
    bad = (target < table.number("AWLO")) | (target > table.number("AWHI"))
    yield Broken("AWTARGET", bad, "lies outside its window", ("AWLO", "AWTARGET", "AWHI"))
