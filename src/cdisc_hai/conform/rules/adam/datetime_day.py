"""Rule ADAM-DATETIME."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-DATETIME",
    "A datetime lies on the day of its date.",
    mend="work both out of one collected value",
    standard="adam",
)
def datetime_day(table: Table, folder: Folder) -> Iterator[Broken]:
    """xxDT is the day of xxDTM (ADaMIG 1.3)."""
    for name in matching(table, r"\w*DTM"):
        date = name[:-1]
        if table.has(date):
            day = (table.number(name) / 86400).map(math.floor, na_action="ignore")
            bad = day.notna() & table.filled(date) & day.ne(table.number(date))
            yield Broken(name, bad, f"lies on another day than {date}", (name, date))
