"""Rule ADAM-DAY-DATE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import DAY_PAIRS as PAIRS
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-DAY-DATE",
    "An analysis day stands beside its date.",
    mend="write the date, or take the day out",
    standard="adam",
)
def day_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADY is counted from ADT, ASTDY from ASTDT, AENDY from AENDT (ADaMIG 1.3)."""
    for day, date in PAIRS:
        if table.has(day, date):
            bad = table.filled(day) & table.empty(date) & table.empty(f"{date}M")
            yield Broken(day, bad, f"is a day, but {date} is missing")
