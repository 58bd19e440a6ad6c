"""Dates and times of datasets that nobody vouches for: what they may mean, and which is earlier."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import numpy as np
import pandas as pd

from cdisc_hai.conform.iso8601 import is_moment
from cdisc_hai.metadata.dates import day_bounds

_DAY = len("YYYY-MM-DD")
_MINUTE = len("YYYY-MM-DDTHH:MM")
_DAYS_A_YEAR = 365.25
_SPAN = 1e6


@functools.lru_cache(maxsize=1 << 16)
def _real(text: str) -> bool:
    return bool(text) and is_moment(text)


def possible_days(texts: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """First and last day (SAS dates) that each text may mean; NaN for what is no date."""
    real = pd.Series([text if _real(text) else "" for text in texts], dtype=object)
    first, last = day_bounds(real)
    return first.to_numpy(dtype=float), last.to_numpy(dtype=float)


def possible(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The same for a column of texts."""
    codes, distinct = pd.factorize(values)
    first, last = possible_days(distinct)
    if not len(distinct):
        nothing = pd.Series(np.nan, index=values.index)
        return nothing, nothing
    return pd.Series(first[codes], values.index), pd.Series(last[codes], values.index)


def complete(values: pd.Series) -> pd.Series:
    """The day of each complete date; NaN for any other text."""
    first, last = possible(values)
    return first.where(first.eq(last))


def surely_before(one: pd.Series, other: pd.Series) -> pd.Series:
    """Where the one is earlier whatever the unknown parts of both are.

    Times count where both dates have hours and minutes. What is no date is never earlier.
    """
    sooner = possible(one)[1].lt(possible(other)[0])
    timed = one.str.len().ge(_MINUTE) & other.str.len().ge(_MINUTE)
    if not timed.any():
        return sooner
    same = possible(one)[0].eq(possible(other)[0]) & timed
    return sooner | (same & one.str[:_MINUTE].lt(other.str[:_MINUTE]))


def study_days(day: pd.Series, reference: pd.Series) -> pd.Series:
    """Study days of days: 1 on the reference day, -1 the day before (SDTMIG 4.4.4)."""
    apart = day - reference
    return apart + apart.ge(0).astype(float)


def years_between(earlier: pd.Series, later: pd.Series) -> pd.Series:
    """Years between days, which completed years are within a day of."""
    return (later - earlier) / _DAYS_A_YEAR
