"""Checks across forms: a record asks for a record of another dataset, or rules it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.registry import Param, operation

Tables = Mapping[str, pd.DataFrame]
SUBJECT = "USUBJID"


_ASKED = {
    "of": Param("[shape:other_record]"),
    "variable": Param("variable", required=False),
    "from_day": Param("number", required=False),
    "to_day": Param("number", required=False),
}
"""What both checks take. ``of`` lists sources: dataset, ``where``, ``match`` (own variables with
those that they equal) and ``date``; days count from ``variable``."""


@operation(
    "with_record",
    stage="check",
    sentence=(
        "The subject has a record of {of}[, at the earliest {from_day} days after {variable}]"
        "[, at the latest {to_day} days after {variable}]."
    ),
    **_ASKED,
)
def with_record(frame: pd.DataFrame, tables: Tables, **asked: Any) -> pd.Series:
    """Records for which none of the sources has a record of the subject.

    A partial date may be any of its days; a record whose own date is missing does not fail.
    """
    found = _found(frame, tables, sure=False, **asked)
    variable = asked.get("variable", "")
    if variable and not {"from_day", "to_day"}.isdisjoint(asked):
        found |= day_bounds(frame[variable])[0].isna()
    return ~found


@operation(
    "without_record",
    stage="check",
    sentence=(
        "The subject has no record of {of}[, from {from_day} days after {variable} on]"
        "[, up to {to_day} days after {variable}]."
    ),
    **_ASKED,
)
def without_record(frame: pd.DataFrame, tables: Tables, **asked: Any) -> pd.Series:
    """Records for which one of the sources has a record of the subject, surely within the days."""
    return _found(frame, tables, sure=True, **asked)


def _found(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    sure: bool,
    of: Sequence[Mapping[str, Any]],
    variable: str = "",
    from_day: float | None = None,
    to_day: float | None = None,
) -> pd.Series:
    found = pd.Series(False, index=frame.index)
    for source in of:
        found |= _met(frame, tables, source, variable, _Span(from_day, to_day), sure=sure)
    return found


class _Span:
    """Days after a date; open where one of them is None."""

    def __init__(self, first: float | None, last: float | None) -> None:
        self.first = -np.inf if first is None else float(first)
        self.last = np.inf if last is None else float(last)


def _met(
    frame: pd.DataFrame,
    tables: Tables,
    source: Mapping[str, Any],
    variable: str,
    span: _Span,
    *,
    sure: bool,
) -> pd.Series:
    """Records that have one of the source's. Pairs of a subject's records are compared, so the cost
    follows the records of a subject in both datasets."""
    other = tables[source["dataset"]]
    other = other[matches(other, source.get("where") or {})]
    match = {SUBJECT: SUBJECT, **(source.get("match") or {})}
    mine = pd.DataFrame({f"k{n}": frame[own].to_numpy() for n, own in enumerate(match)})
    theirs = pd.DataFrame({f"k{n}": other[its].to_numpy() for n, its in enumerate(match.values())})
    keys = list(mine.columns)
    if "date" not in source or not variable:
        known = pd.MultiIndex.from_frame(theirs) if len(theirs) else None
        found = np.zeros(len(mine), bool) if known is None else _isin(mine, known)
        return pd.Series(found, index=frame.index)
    mine["low"], mine["high"] = (part.to_numpy() for part in day_bounds(frame[variable]))
    bounds = day_bounds(other[source["date"]])
    theirs["first"], theirs["last"] = (part.to_numpy() for part in bounds)
    pairs = mine.reset_index().merge(theirs, on=keys)
    low, high = pairs["low"] + span.first, pairs["high"] + span.last
    if sure:
        low, high = pairs["high"] + span.first, pairs["low"] + span.last
        met = pairs["first"].ge(low) & pairs["last"].le(high)
    else:
        met = pairs["last"].ge(low) & pairs["first"].le(high)
    found = np.isin(np.arange(len(mine)), pairs.loc[met, "index"].to_numpy(dtype=np.int64))
    return pd.Series(found, index=frame.index)


def _isin(mine: pd.DataFrame, known: pd.MultiIndex) -> np.ndarray:
    return (
        np.asarray(pd.MultiIndex.from_frame(mine).isin(known)) if len(mine) else np.zeros(0, bool)
    )
