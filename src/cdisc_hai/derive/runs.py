"""Runs of equal values: what is sorted by subject is looked up and ordered once a subject."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def begins(values: np.ndarray) -> np.ndarray:
    """Whether a run of equal values begins here."""
    if not len(values):
        return np.zeros(0, dtype=bool)
    return np.concatenate([[True], np.asarray(values[1:] != values[:-1], dtype=bool)])


def runs(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Where each run of equal values begins, and how long it is."""
    starts = np.flatnonzero(begins(values.to_numpy(dtype=object)))
    return starts, np.diff([*starts, len(values)]) if len(starts) else starts


def sorted_by(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The rows in the order of the keys, missing ones last; equal rows stay as they are."""
    return in_places(frame, [ranks(frame[key]) for key in keys])


def in_places(frame: pd.DataFrame, keys: Sequence[np.ndarray]) -> pd.DataFrame:
    """The rows in the order of their places by several keys, the first of them the weightiest."""
    if not keys or _ordered(keys):
        return frame
    return frame.iloc[np.lexsort(keys[::-1])]


def _ordered(keys: Sequence[np.ndarray]) -> bool:
    """Whether rows stand in the order of their keys already, as those of most datasets do."""
    equal = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        if bool((equal & (key[1:] < key[:-1])).any()):
            return False
        equal &= key[1:] == key[:-1]
    return True


def ranks(values: pd.Series, *, down: bool = False, empty: bool = False) -> np.ndarray:
    """Numbers in the order of the values, or with ``down`` against it; missing ones come last.

    With ``empty`` a text that is empty is a missing one.
    """
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.to_numpy(dtype=float)
        return np.where(np.isnan(numbers), np.inf, -numbers if down else numbers)
    if isinstance(values.dtype, pd.CategoricalDtype) and not empty and not down:
        codes = np.asarray(values.cat.codes)
        return codes if codes.min(initial=0) >= 0 else np.where(codes < 0, codes.max() + 1, codes)
    starts, lengths = runs(values)
    heads = values.to_numpy(dtype=object)[starts]
    if empty:
        heads = np.where(heads == "", None, heads)
    codes, distinct = pd.factorize(heads, sort=True)
    turned = len(distinct) - 1 - codes if down else codes
    return np.repeat(np.where(codes < 0, len(distinct), turned), lengths)
