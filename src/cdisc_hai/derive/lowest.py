"""Which of several records of one thing is used: the one with the lowest record number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdisc_hai.derive.merged import matched
from cdisc_hai.derive.sources import column
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.numbers import as_numbers


def lowest_records(table: pd.DataFrame, record: str, by: Sequence[str]) -> pd.DataFrame:
    """The rows of each group's lowest record number, in their own order.

    All rows of that record stay, for one record may have several results. Numbers count as
    numbers and come before other ids and before none. A row that lacks a variable of the group
    stands alone, and stays.
    """
    keys = [column(table, name) for name in by]
    grouped = np.ones(len(table), dtype=bool)
    for key in keys:
        grouped &= present(key).to_numpy()
    rows = np.flatnonzero(grouped)
    parts = [key.iloc[rows] for key in keys]
    group, distinct = pd.factorize(matched(parts, parts)[0])
    rank = _ranks(column(table, record).iloc[rows])
    lowest = np.full(len(distinct), len(rows), dtype=np.int64)
    np.minimum.at(lowest, group, rank)
    kept = ~grouped
    kept[rows] = rank == lowest[group]
    return table[kept]


def _ranks(ids: pd.Series) -> np.ndarray:
    """The place of each record number among those that differ."""
    codes, every = pd.factorize(ids.to_numpy(dtype=object), use_na_sentinel=False)
    place, words = pd.factorize(np.array([str(one).strip() for one in every], dtype=object))
    texts = pd.Series(words, dtype=object)
    told = pd.DataFrame(
        {
            "none": texts.eq(""),
            "number": as_numbers(texts),
            "id": texts,
        }
    )
    order = told.sort_values(["none", "number", "id"], kind="stable", na_position="last").index
    ranks = np.empty(len(words), dtype=np.int64)
    ranks[order.to_numpy()] = np.arange(len(words))
    return np.asarray(ranks[place[codes]])
