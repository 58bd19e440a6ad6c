"""Rule BDS-RANGE-WORD."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-RANGE-WORD",
    "ANRIND says where AVAL lies to its range.",
    mend="derive ANRIND from AVAL, ANRLO and ANRHI, or explain the difference",
    standard="adam",
    kinds=("BDS", "TTE"),
    severity="warning",
    needs=(
        "AVAL",
        "ANRIND",
    ),
)
def range_word(table: Table, folder: Folder) -> Iterator[Broken]:
    """LOW is below ANRLO, HIGH above ANRHI, NORMAL between (ADaMIG 1.3). Other words are not
    judged."""
    value, low, high = (table.number(n) for n in ("AVAL", "ANRLO", "ANRHI"))
    for word, off in (
        ("LOW", value >= low),
        ("HIGH", value <= high),
        ("NORMAL", (value < low) | (value > high)),
    ):
        bad = table.is_in("ANRIND", (word,)) & off
        yield Broken("ANRIND", bad, "is not where AVAL lies", ("AVAL", "ANRLO", "ANRHI", "ANRIND"))
