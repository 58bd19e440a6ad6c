"""Durations in days, weeks, months and years."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cdisc_hai.derive.dates import day_column
from cdisc_hai.derive.formula import rounded
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables
from cdisc_hai.registry import Param, operation

DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}


@operation(
    "duration",
    stage="column",
    sentence=(
        "From {start} to {end} in {unit}[, the first day not counted{exclusive}]"
        "[, rounded to {digits} digits]."
    ),
    start=Param("either"),
    end=Param("either"),
    unit=Param("text", required=False, choices=tuple(DAYS_IN)),
    exclusive=Param("flag", required=False),
    digits=Param("number", required=False),
)
def duration(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    start: str,
    end: str,
    unit: str = "days",
    exclusive: bool = False,
    digits: Any = None,
) -> Derived:
    """Days from one date to another, divided by the days of the unit (a month has 30.4375).

    First and last day count; with ``exclusive`` it is the plain difference of the dates.
    """
    first, last = (day_column(frame, tables, name) for name in (start, end))
    days = last - first + (0.0 if exclusive else 1.0)
    length = days / DAYS_IN[unit]
    return Derived(length if digits is None else rounded(length, int(digits)))
