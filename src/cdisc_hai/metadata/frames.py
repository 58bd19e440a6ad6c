"""Frames in little memory: columns lie apart and are shared, and rows are taken once.

pandas keeps columns of one type in one block unless told otherwise, and copies the block for every
change. Here each column is an array of its own, so that a column let go is memory given back, and
columns that are one array (a form's ``siteid`` and ``@site``) stay one when rows are taken.
Nothing writes into an array of a frame: frames go in and new frames come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def apart(columns: Mapping[Any, Any], index: pd.Index) -> pd.DataFrame:
    """A frame of these columns, of which none is copied."""
    return pd.DataFrame(dict(columns), index=index, copy=False)


def columns_of(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """``frame[names]`` without a copy."""
    return apart({name: frame[name] for name in names}, frame.index)


def taken(frame: pd.DataFrame, places: Any, index: pd.Index) -> pd.DataFrame:
    """The rows at ``places``, under a new index; an array that columns share is taken once."""
    made: dict[Any, Any] = {}
    found = {}
    for name, values in frame.items():
        array = values.array
        key = _address(array)
        if key not in made:
            made[key] = array.take(places)
        found[name] = pd.Series(made[key], index=index, copy=False)
    return apart(found, index)


def _address(array: Any) -> Any:
    """What tells arrays apart: where their values lie, else the array itself."""
    if not isinstance(array, pd.arrays.NumpyExtensionArray):
        return id(array)
    told = array.to_numpy().__array_interface__
    return told["data"][0], told["strides"], told["typestr"]


def rows_where(frame: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    """``frame[mask]``; the frame itself where every row is meant."""
    if mask.all():
        return frame
    places = mask.to_numpy(dtype=bool).nonzero()[0]
    return taken(frame, places, frame.index.take(places))


def one_below_the_other(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames stacked under a fresh index, column by column; one alone is not copied."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    return pd.concat(frames, ignore_index=True)


def each_text(values: pd.Series, change: Callable[[str], Any]) -> pd.Series:
    """A column of texts with each distinct text changed once; a missing one is taken as empty."""
    codes, distinct = pd.factorize(values.astype(object).to_numpy())
    changed = np.empty(len(distinct) + 1, dtype=object)
    for place, text in enumerate((*distinct.tolist(), "")):  # a missing one has the code -1
        changed[place] = change(text)
    return pd.Series(changed[codes], index=values.index, dtype=object, copy=False)


def combined(columns: Sequence[pd.Series]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A number for each row, the same where all columns agree, counted in the order in which they
    come first; and the place of the first row of each number. A missing value is one too."""
    found = np.zeros(len(columns[0]), dtype=np.int64)
    for values in columns:
        codes, distinct = pd.factorize(values, use_na_sentinel=False)
        found = pd.factorize(found * (len(distinct) + 1) + codes)[0]
    new = np.diff(np.maximum.accumulate(found), prepend=-1) > 0
    return found, new.nonzero()[0]


def sorted_places(frame: pd.DataFrame, by: Sequence[str]) -> NDArray[np.int64]:
    """The places of the rows in order, as a stable ``sort_values`` with missing values first has
    them; each further column is only looked at where the ones before it agree."""
    order = np.arange(len(frame), dtype=np.int64)
    tied, group = order.copy(), np.zeros(len(frame), dtype=np.int64)  # where, and what is shared
    for name in by:
        if not len(tied):
            break
        codes, distinct = pd.factorize(np.asarray(frame[name])[order[tied]], sort=True)
        if len(distinct) == 1 and codes.min() == 0:
            continue
        ranks = group * (len(distinct) + 1) + codes + 1  # a missing one has the code -1
        within = np.argsort(ranks, kind="stable")
        order[tied], ranks = order[tied][within], ranks[within]
        same = ranks[1:] == ranks[:-1]
        shared = np.append(same, False) | np.append(False, same)
        tied, group = tied[shared], pd.factorize(ranks[shared])[0].astype(np.int64)
    return order
