"""Rule RANGE-ORDER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--ORNRLO", "--ORNRHI"), ("--STNRLO", "--STNRHI"))


@rule(
    "RANGE-ORDER",
    "A normal range begins below its end.",
    mend="correct the limits",
    kinds=("FINDINGS",),
)
def range_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ORNRLO is not above --ORNRHI, nor --STNRLO above --STNRHI (SDTMIG 6.3.5.6)."""
    for low, high in _PAIRS:
        if table.has(low, high):
            bad = number_of(table, low).gt(number_of(table, high))
            yield Broken(low, bad, "is a range that ends before it begins", (low, high))
