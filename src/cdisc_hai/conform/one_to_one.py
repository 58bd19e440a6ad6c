"""Which records pair two values that stand with others elsewhere; the rarer pairing is told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cdisc_hai.conform.rule import Broken
from cdisc_hai.conform.table import Table

SAYS = "do not stand together elsewhere"


def rarer(
    first: np.ndarray | pd.Series, second: np.ndarray | pd.Series, judged: np.ndarray | pd.Series
) -> np.ndarray:
    """Records whose pair is rarer than another pair of its first or of its second value.

    Values are given as numbers; pairs that are equally common are all told. Only ``judged``
    records count.
    """
    one, other = np.asarray(first), np.asarray(second)
    rows = np.flatnonzero(np.asarray(judged, dtype=bool))
    frame = pd.DataFrame({"one": one[rows], "other": other[rows]})
    counts = frame.groupby(["one", "other"], sort=False).size().rename("n").reset_index()
    wrong = _rarer(counts, "one") | _rarer(counts, "other")
    bad = frame.merge(counts[wrong], on=["one", "other"], how="left")["n"].notna()
    found = np.zeros(len(one), dtype=bool)
    found[rows[bad.to_numpy()]] = True
    return found


def _rarer(counts: pd.DataFrame, by: str) -> pd.Series:
    groups = counts.groupby(by)["n"]
    first = counts["n"].eq(groups.transform("max"))
    alone = first.groupby(counts[by]).transform("sum").eq(1)
    return groups.transform("size").gt(1) & ~(first & alone)


def mispaired(table: Table, first: str, second: str, *within: str) -> Broken:
    """Records in which two variables are not paired as in the others (of the same ``within``)."""
    there = table.filled(first) & table.filled(second)
    bad = rarer(table.group(*within, first), table.group(*within, second), there)
    return Broken(second, pd.Series(bad, index=there.index), SAYS, (first, second))


def one_meaning(table: Table, first: str, second: str, *within: str) -> Broken:
    """Records whose ``first`` stands with another ``second`` than most; many may share a second."""
    there = table.filled(first) & table.filled(second)
    frame = pd.DataFrame({"one": table.group(*within, first), "other": table.group(second)})[there]
    counts = frame.groupby(["one", "other"], sort=False).size().rename("n").reset_index()
    wrong = counts[_rarer(counts, "one")]
    bad = frame.reset_index().merge(wrong, on=["one", "other"])["index"]
    found = table.none()
    found[bad] = True
    return Broken(second, found, SAYS, (first, second))
