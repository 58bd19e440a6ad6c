"""Summaries of the records up to a date of the row, or from it on: a nadir, a running total."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from cdisc_hai.derive.merged import LIMITS, nearest
from cdisc_hai.derive.subjects import taken
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.numbers import as_numbers


def _extreme(values: pd.Series, keys: pd.Series, which: str) -> pd.Series:
    """The lowest or highest known value so far; before the first one none."""
    worst = np.inf if which == "cummin" else -np.inf
    grouped = values.fillna(worst).groupby(keys, sort=False)
    found = grouped.cummin() if which == "cummin" else grouped.cummax()
    return found.where(found.ne(worst))


def _total(values: pd.Series, keys: pd.Series) -> pd.Series:
    """The sum so far; not known from an unknown part on."""
    unknown = values.isna().groupby(keys, sort=False).cumsum().gt(0)
    return values.fillna(0.0).groupby(keys, sort=False).cumsum().where(~unknown)


def _known(values: pd.Series, keys: pd.Series) -> pd.Series:
    return present(values).groupby(keys, sort=False).cumsum().astype(float)


def _distinct(values: pd.Series, keys: pd.Series) -> pd.Series:
    told = pd.DataFrame({"key": keys.to_numpy(), "text": texts(values).to_numpy()})
    first = ~told.duplicated().to_numpy() & present(values).to_numpy()
    return pd.Series(first, index=keys.index).groupby(keys, sort=False).cumsum().astype(float)


def _mean(values: pd.Series, keys: pd.Series) -> pd.Series:
    total = values.fillna(0.0).groupby(keys, sort=False).cumsum()
    number = _known(values, keys)
    return total.div(number.where(number > 0))


_SO_FAR: dict[str, Callable[[pd.Series, pd.Series], pd.Series]] = {
    "sum": _total,
    "mean": _mean,
    "min": lambda values, keys: _extreme(values, keys, "cummin"),
    "max": lambda values, keys: _extreme(values, keys, "cummax"),
    "count": _known,
    "distinct": _distinct,
}


def so_far(
    frame: pd.DataFrame,
    wanted: np.ndarray,
    records: pd.DataFrame,
    how: str,
    limits: Mapping[str, str],
) -> np.ndarray:
    """For each row the summary of the records (``key``, ``value``, ``day``) on its side of a limit.

    Records without a day do not count, and a row without the limit has none of them.
    ValueError for a summary that is made of all records only.
    """
    if how not in _SO_FAR:
        raise ValueError(f"'{how}' is not made up to a date; it takes {', '.join(_SO_FAR)}")
    backward = LIMITS[next(iter(limits))]
    dated = records[records["day"].notna()].sort_values("day", ascending=backward, kind="stable")
    values = dated["value"]
    if how not in ("count", "distinct"):
        values = as_numbers(values)
    made = dated.assign(value=_SO_FAR[how](values, dated["key"]))
    key, day = (made[name].to_numpy() for name in ("key", "day"))
    rows = nearest(frame, wanted, key, day, limits, "last")
    return np.asarray(taken(made["value"], rows), dtype=float)
