"""Which of several records of one thing is used: the one with the lowest record number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cdisc_hai.derive.sources import column
from cdisc_hai.metadata.conditions import present


def lowest_records(table: pd.DataFrame, record: str, by: Sequence[str]) -> pd.DataFrame:
    """The rows of each group's lowest record number, in their own order.

    All rows of that record stay, for one record may have several results. Numbers count as
    numbers and come before other ids and before none. A row that lacks a variable of the group
    stands alone, and stays.
    """
    ids = column(table, record).astype(object).map(str).str.strip()
    keys = [column(table, name) for name in by]
    grouped = pd.Series(True, index=table.index)
    for key in keys:
        grouped &= present(key)
    ranked = pd.DataFrame({f"by{at}": key for at, key in enumerate(keys)})
    groups = list(ranked.columns)
    ranked = ranked.assign(
        id=ids, number=pd.to_numeric(ids, errors="coerce").astype(float), none=ids.eq("")
    )[grouped]
    ranked = ranked.sort_values(["none", "number", "id"], kind="stable", na_position="last")
    lowest = ranked.groupby(groups, sort=False)["id"].transform("first")
    return table[~grouped | ids.eq(lowest.reindex(table.index))]
