"""Checks of what is possible, and not likely: sizes, dates, and the order of visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.mapping.checks import SUBJECT, Tables, date_of
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation

FEWEST = 3
"""Fewer values of a subject have no middle one to be compared with."""


@operation(
    "meets", stage="check", sentence="The record meets this: {condition}.", condition=Param("where")
)
def meets(frame: pd.DataFrame, tables: Tables, *, condition: Mapping[str, Any]) -> pd.Series:
    """Records that do not meet the condition."""
    return ~matches(frame, condition)


@operation(
    "within",
    stage="check",
    sentence="{variable} lies within its limits: {limits}.",
    variable=Param("variable"),
    limits=Param("[shape:limits]"),
)
def within(
    frame: pd.DataFrame, tables: Tables, *, variable: str, limits: Sequence[Mapping[str, Any]]
) -> pd.Series:
    """Records whose number lies below or above the first limits whose condition they meet.

    Each of ``limits`` has ``when`` (a condition; none fits every record), ``low`` and ``high``,
    which are themselves within. What no limits fit, and what is no number, does not fail.
    """
    values = pd.to_numeric(frame[variable], errors="coerce")
    failed = pd.Series(False, index=frame.index)
    waiting = ~failed
    for one in limits:
        fits = waiting & matches(frame, one.get("when") or {})
        low, high = one.get("low", -np.inf), one.get("high", np.inf)
        failed |= fits & (values.lt(low) | values.gt(high))
        waiting &= ~fits
    return failed


@operation(
    "near_usual",
    stage="check",
    sentence=(
        "{variable} differs by at most {percent} percent from the median of the subject's values"
        "[ with the same {by}]."
    ),
    variable=Param("variable"),
    by=Param("[variable]", required=False),
    percent=Param("number"),
)
def near_usual(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    percent: float,
    by: Sequence[str] = (),
) -> pd.Series:
    """Records whose number lies far from what the subject usually has, of at least three values."""
    values = as_numbers(frame[variable])
    groups = values.groupby([frame[name] for name in (SUBJECT, *by)], dropna=False)
    usual = groups.transform("median")
    far = values.sub(usual).abs().mul(100).gt(usual.abs().mul(percent))
    return far & groups.transform("count").ge(FEWEST)


@operation(
    "dated_within",
    stage="check",
    sentence=(
        "{variable} lies by {start}[, at the earliest {from_day} days after it]"
        "[, at the latest {to_day} days after it]."
    ),
    variable=Param("variable"),
    start=Param("either"),
    from_day=Param("number", required=False),
    to_day=Param("number", required=False),
)
def dated_within(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    start: str,
    from_day: float = -np.inf,
    to_day: float = np.inf,
) -> pd.Series:
    """Records dated surely less than ``from_day``, or more than ``to_day``, days after another date
    of the record or (``DM.RFICDTC``) of the subject; the same day is 0, days before negative."""
    first, last = day_bounds(frame[variable])
    earliest, latest = day_bounds(date_of(frame, tables, start))
    return last.sub(earliest).lt(from_day) | first.sub(latest).gt(to_day)


@operation(
    "in_order",
    stage="check",
    sentence="{variable} is not before that of the record before it by {order}[, within {by}].",
    variable=Param("variable"),
    order=Param("variable"),
    by=Param("[variable]", required=False),
)
def in_order(
    frame: pd.DataFrame, tables: Tables, *, variable: str, order: str, by: Sequence[str] = ()
) -> pd.Series:
    """Records dated surely before the dated record of the subject that the order puts before them.

    The order is that of numbers; records with the same number, or without one, are not compared.
    """
    first, last = day_bounds(frame[variable])
    place = pd.to_numeric(frame[order], errors="coerce")
    known = pd.DataFrame({"first": first, "last": last, "place": place})
    keys = [frame[name].rename(name) for name in (SUBJECT, *by)]
    known = known[first.notna() & place.notna()].sort_values("place", kind="stable")
    groups = known.groupby([key[known.index] for key in keys], dropna=False, sort=False)
    earlier = known["last"].lt(groups["first"].shift()) & known["place"].gt(groups["place"].shift())
    return earlier.reindex(frame.index, fill_value=False).astype(bool)


@operation(
    "at_most",
    stage="check",
    sentence="The subject has at most {count} records with the same {by}.",
    by=Param("[variable]"),
    count=Param("number"),
)
def at_most(frame: pd.DataFrame, tables: Tables, *, by: Sequence[str], count: float) -> pd.Series:
    """Records of a subject that agree in these variables, where there are more than so many."""
    groups = frame.groupby([frame[name] for name in (SUBJECT, *by)], dropna=False)
    return groups[SUBJECT].transform("size").gt(count)
