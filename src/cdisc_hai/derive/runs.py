"""Runs of equal values: what is sorted by subject is looked up and ordered once a subject."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def runs(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Where each run of equal values begins, and how long it is."""
    texts = values.to_numpy(dtype=object)
    if not len(texts):
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    starts = np.flatnonzero(np.concatenate([[True], texts[1:] != texts[:-1]]))
    return starts, np.diff([*starts, len(texts)])


def mapped(values: pd.Series, table: pd.Series) -> pd.Series:
    """``values.map(table)``, asked once a run."""
    starts, lengths = runs(values)
    found = values.iloc[starts].map(table)
    return pd.Series(np.repeat(found.to_numpy(), lengths), index=values.index)


def sorted_by(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The rows in the order of the keys, missing ones last; equal rows stay as they are."""
    ranks = [_ranks(frame[key]) for key in keys]
    return frame.iloc[np.lexsort(ranks[::-1])]


def _ranks(values: pd.Series) -> np.ndarray:
    """Numbers in the order of the values."""
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.to_numpy(dtype=float)
        return np.where(np.isnan(numbers), np.inf, numbers)
    starts, lengths = runs(values)
    codes, distinct = pd.factorize(values.iloc[starts], sort=True)
    return np.repeat(np.where(codes < 0, len(distinct), codes), lengths)
