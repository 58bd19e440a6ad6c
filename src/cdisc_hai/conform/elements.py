"""The element of SE in which a date lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.table import Table

_MINUTE = len("YYYY-MM-DDTHH:MM")
_MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class Place:
    """``known`` are records with a complete date within a subject's elements. ``epoch`` is that of
    the last element begun by then; ``before`` that of an earlier one, where the times leave open
    which it is, else the same."""

    known: pd.Series
    epoch: pd.Series
    before: pd.Series


def element_at(table: Table, date: str, se: Table) -> Place:
    """Where the complete dates of a variable lie among the elements of their subjects."""
    start, _ = _minutes(se, "SESTDTC")
    first, last = _minutes(table, date)
    known = first.notna()
    by_latest = _last_begun(table, se, last, start)
    by_first = _last_begun(table, se, first, start)
    # on the day on which the last element ends a date is in it or past it
    ended = _minutes(se, "SEENDTC")[0].fillna(se.days("SEENDTC")[0] * _MINUTES_A_DAY)
    over = _taken(ended, by_latest, np.nan)
    within = pd.Series(by_latest >= 0, index=first.index) & ~(over <= last)
    # a start without a time may be at any minute of its day
    loose = _last_begun(table, se, first - _MINUTES_A_DAY, start)
    same_day = _taken(start, by_first, np.nan).floordiv(_MINUTES_A_DAY).eq(first // _MINUTES_A_DAY)
    untimed = _taken(se.text("SESTDTC").str.len().lt(_MINUTE), by_first, False).astype(bool)
    earlier = np.where(same_day & untimed, loose, by_first)
    epochs = se.text("EPOCH")
    return Place(
        known=known & within,
        epoch=_taken(epochs, by_latest, ""),
        before=_taken(epochs, earlier, ""),
    )


def _last_begun(table: Table, se: Table, at: pd.Series, start: pd.Series) -> np.ndarray:
    """The row of the subject's element that began last, at or before a minute; -1 without one."""
    mine, theirs = shared_ids((table, ("USUBJID",)), (se, ("USUBJID",)))
    begun = pd.DataFrame({"subject": theirs, "at": start.to_numpy(), "row": np.arange(len(theirs))})
    begun = begun.dropna().sort_values("at", kind="stable")
    asked = pd.DataFrame({"subject": mine, "at": at.to_numpy(), "place": np.arange(len(mine))})
    asked = asked.dropna().sort_values("at", kind="stable")
    found = np.full(len(mine), -1, dtype=np.int64)
    if len(begun) and len(asked):
        met = pd.merge_asof(asked, begun, on="at", by="subject")
        found[met["place"]] = met["row"].fillna(-1).astype(np.int64)
    return found


def _minutes(table: Table, name: str) -> tuple[pd.Series, pd.Series]:
    """First and last minute that each complete date may mean; NaN for any other."""
    codes, distinct = table.spelled(name)
    of_day = np.array([_minute(text) for text in distinct])
    day = table.day(name) * _MINUTES_A_DAY
    first = day + np.where(of_day >= 0, of_day, 0)[codes]
    last = day + np.where(of_day >= 0, of_day, _MINUTES_A_DAY - 1)[codes]
    return first, last


def _minute(text: str) -> int:
    time = text[11:_MINUTE]
    hours, minutes = time[:2], time[3:]
    return int(hours) * 60 + int(minutes) if hours.isdigit() and minutes.isdigit() else -1


def _taken(values: pd.Series, at: np.ndarray, missing: object) -> pd.Series:
    if values.empty:
        return pd.Series([missing] * len(at))
    taken = pd.Series(values.to_numpy()[at])
    return taken.where(at >= 0, missing)
