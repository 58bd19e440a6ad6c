"""Flags of records: the first or last of each group, and events within windows of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.dates import source_column
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.runs import in_places, ranks
from cdisc_hai.derive.sources import SUBJECT, Tables, column, dated_records
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.registry import Param, operation


def in_order(frame: pd.DataFrame, by: Sequence[str], order: Sequence[str]) -> pd.DataFrame:
    """Rows sorted within groups; ``NAME descending`` turns the order, missing always last."""
    wanted = [*((name, False) for name in by), *(_turned(spec) for spec in order)]
    keys = [ranks(column(frame, name), down=down, empty=True) for name, down in wanted]
    return in_places(frame, keys)


def _turned(spec: str) -> tuple[str, bool]:
    name, _, word = spec.partition(" ")
    return name, bool(word)


@operation(
    "extreme_flag",
    stage="column",
    sentence=(
        "{yes} on the {pick} record of the subject[ and {by}] in the order of {order}"
        "[, among records for which {where}]."
    ),
    by=Param("[variable]", required=False),
    order=Param("[ordering]"),
    pick=Param("text", required=False, choices=("first", "last")),
    where=Param("where", required=False),
    yes=Param("text", required=False),
)
def extreme_flag(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    order: Sequence[str],
    by: Sequence[str] = (),
    pick: str = "first",
    where: Mapping[str, Any] | None = None,
    yes: str = "Y",
) -> Derived:
    """One record of each group flagged: the first or last in the order, missing values last.

    Of records that are equal in the order the first of the dataset (``pick: last``: the last).
    """
    groups = [SUBJECT, *by]
    ordered = in_order(frame[matches(frame, where or {})], groups, order)
    chosen = ordered.index[~ordered.duplicated(groups, keep="first" if pick == "first" else "last")]
    flags = np.where(frame.index.isin(chosen), yes, "")
    return Derived(pd.Series(flags, index=frame.index, dtype=object))


@operation(
    "emergent_flag",
    stage="column",
    sentence=(
        "{yes} where {start} lies in one of these windows, ends included: {windows}; else {no}."
    ),
    start=Param("variable"),
    possible=Param("source", required=False),
    end=Param("variable", required=False),
    windows=Param("[shape:window]"),
    yes=Param("text", required=False),
    no=Param("text", required=False),
)
def emergent_flag(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    start: str,
    windows: Sequence[Mapping[str, Any]],
    possible: str | None = None,
    end: str | None = None,
    yes: str = "Y",
    no: str = "",
) -> Derived:
    """Events that start within a window of days (TRTEMFL, ADaM OCCDS).

    A missing start may be any day that its ISO 8601 text ``possible`` leaves open, up to ``end``:
    the event counts unless no such day lies in a window.
    """
    first, last = _may_start(frame, tables, start, possible, end)
    hit = pd.Series(False, index=frame.index)
    for window in windows:
        now = matches(frame, window.get("when") or {})
        if "dataset" in window:
            hit |= now & _after_records(frame, tables, window, now, first, last)
        else:
            hit |= now & _between(frame, tables, window, first, last)
    return Derived(hit.map({True: yes, False: no}).astype(object))


def _may_start(
    frame: pd.DataFrame, tables: Tables, start: str, possible: str | None, end: str | None
) -> tuple[pd.Series, pd.Series]:
    first, last = frame[start].astype(float), frame[start].astype(float)
    if possible is None:
        return first, last
    lower, upper = day_bounds(source_column(frame, tables, possible)[0])
    upper = upper.fillna(np.inf)
    if end is not None:
        upper = upper.where(~(frame[end] < upper), frame[end])
    open_start = first.isna()
    return first.where(~open_start, lower.fillna(-np.inf)), last.where(~open_start, upper)


def _between(
    frame: pd.DataFrame,
    tables: Tables,
    window: Mapping[str, Any],
    first: pd.Series,
    last: pd.Series,
) -> pd.Series:
    opens = source_column(frame, tables, window["from"])[0].astype(float)
    closes = pd.Series(np.inf, index=frame.index)
    if "to" in window:
        closes = source_column(frame, tables, window["to"])[0].astype(float)
        closes = (closes + window.get("plus_days", 0)).fillna(np.inf)
    return (last >= opens) & (first <= closes) & (first <= last)


def _after_records(
    frame: pd.DataFrame,
    tables: Tables,
    window: Mapping[str, Any],
    now: pd.Series,
    first: pd.Series,
    last: pd.Series,
) -> pd.Series:
    records = dated_records(tables, [window])[[SUBJECT, "day"]]
    events = pd.DataFrame(
        {SUBJECT: frame[SUBJECT], "first": first, "last": last, "row": frame.index}
    )
    if "not_before" in window:
        events["limit"] = source_column(frame, tables, window["not_before"])[0].astype(float)
    pairs = events[now].merge(records, on=SUBJECT)
    fits = (pairs["last"] >= pairs["day"]) & (
        pairs["first"] <= pairs["day"] + window.get("plus_days", 0)
    )
    fits &= pairs["first"] <= pairs["last"]
    if "not_before" in window:
        fits &= pairs["day"] >= pairs["limit"]
    return pd.Series(frame.index.isin(pairs.loc[fits, "row"]), index=frame.index)
