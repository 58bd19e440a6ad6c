"""Datetimes and times of day: SAS datetimes count seconds from 1960-01-01, times from midnight."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cdisc_hai.derive.dates import source_column
from cdisc_hai.derive.impute import Imputer
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.dates import complete_day
from cdisc_hai.registry import Param, operation

DAY = 86400.0
_TIME = re.compile(r"T(\d\d)(?::(\d\d)(?::(\d\d))?)?")
_PARTS = "HMS"
_FILL = {"first": (0, 0, 0), "last": (23, 59, 59)}


def _seconds(text: str, fill: tuple[int, int, int] | None) -> tuple[float, str]:
    """Seconds since midnight of an ISO 8601 datetime, and the largest part that was filled in.

    A time that lacks no more than its seconds is complete without a fill: they are 0.
    """
    found = _TIME.search(text)
    told = [int(part) for part in found.groups() if part is not None] if found else []
    if fill is None:
        if len(told) < 2:
            return np.nan, ""
        hour, minute, second = [*told, 0][:3]
        return float(hour * 3600 + minute * 60 + second), ""
    hour, minute, second = [*told, *fill[len(told) :]]
    return float(hour * 3600 + minute * 60 + second), _PARTS[len(told) : len(told) + 1]


def _times(iso: pd.Series, time: str | None) -> tuple[pd.Series, pd.Series]:
    fill = None if time is None else _FILL.get(time) or _clock(time)
    codes, distinct = pd.factorize(iso.fillna("").astype(object))
    read = [_seconds(str(text), fill) for text in distinct]
    seconds = np.array([one for one, _ in read] or [np.nan])
    parts = np.array([part for _, part in read] or [""], dtype=object)
    if not len(iso):
        return pd.Series(dtype=float), pd.Series(dtype=object)
    return (
        pd.Series(seconds[codes], index=iso.index),
        pd.Series(parts[codes], index=iso.index, dtype=object),
    )


def _clock(text: str) -> tuple[int, int, int]:
    parts = [int(part) for part in text.split(":")]
    hour, minute, second = [*parts, 0, 0][:3]
    return hour, minute, second


@operation(
    "datetime_of",
    stage="column",
    sentence=(
        "The date and time of {source}[, a partial date completed by {impute}]"
        "[, a missing time taken as {time}]."
    ),
    source=Param("source"),
    impute=Param("imputation", required=False),
    time=Param("text", required=False),
)
def datetime_of(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    source: str,
    impute: Imputer | None = None,
    time: str | None = None,
) -> Derived:
    """An ISO 8601 datetime in seconds; its flag says which part of the date was imputed.

    ``time`` is first (00:00:00), last (23:59:59) or a time of day; without it a value that lacks
    its time is missing.
    """
    iso, refs = source_column(frame, tables, source)
    days, flags = complete_day(iso), None
    if impute is not None:
        days, flags = impute.complete(frame[SUBJECT], iso)
        flags = flags.where(days.notna(), "")
    seconds, _ = _times(iso, time)
    return Derived(days * DAY + seconds, refs, flags)


@operation(
    "time_of",
    stage="column",
    sentence="The time of day of {source}[, a missing one taken as {time}].",
    source=Param("source"),
    time=Param("text", required=False),
)
def time_of(
    frame: pd.DataFrame, tables: Tables, *, source: str, time: str | None = None
) -> Derived:
    """The seconds from midnight of an ISO 8601 datetime; missing where there is no date."""
    iso, refs = source_column(frame, tables, source)
    seconds, _ = _times(iso, time)
    return Derived(seconds.where(present(iso)), refs)


@operation(
    "time_flag",
    stage="column",
    sentence='The largest part of the time of {source} that is imputed: "H", "M" or "S".',
    source=Param("source"),
    variable=Param("variable"),
)
def time_flag(frame: pd.DataFrame, tables: Tables, *, source: str, variable: str) -> Derived:
    """ATMF (ADaM codelist TIMEFL), where the datetime or time ``variable`` has a value."""
    iso, refs = source_column(frame, tables, source)
    _, parts = _times(iso, "first")
    return Derived(parts.where(frame[variable].notna(), ""), refs)
