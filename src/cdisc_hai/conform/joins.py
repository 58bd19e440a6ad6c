"""Records of two datasets that belong together, by whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.conform.table import Table

SUBJECT = ("USUBJID",)


@dataclass(frozen=True)
class Beside:
    """For each record of one dataset, the first record of another that goes with it."""

    other: Table
    at: np.ndarray
    index: pd.Index

    @property
    def found(self) -> pd.Series:
        """Records that have one."""
        return pd.Series(self.at >= 0, index=self.index)

    def text(self, name: str) -> pd.Series:
        """The other's text; empty where there is no record."""
        return self.carried(self.other.text(name), "")

    def number(self, name: str) -> pd.Series:
        """The other's number; NaN where there is no record."""
        return self.carried(self.other.number(name), np.nan)

    def day(self, name: str) -> pd.Series:
        """The other's day, when it is complete; NaN where there is no record."""
        return self.carried(self.other.day(name), np.nan)

    def days(self, name: str) -> tuple[pd.Series, pd.Series]:
        """First and last day that the other's date may mean."""
        first, last = self.other.days(name)
        return self.carried(first, np.nan), self.carried(last, np.nan)

    def filled(self, name: str) -> pd.Series:
        """Records whose other one has a value."""
        return self.carried(self.other.filled(name), False)

    def carried(self, values: pd.Series, missing: Any) -> pd.Series:
        """Values of the other, record for record of the one."""
        if values.empty:
            return pd.Series(missing, index=self.index)
        taken = pd.Series(values.to_numpy()[self.at], index=self.index)
        return taken.where(self.at >= 0, missing)


def beside(
    table: Table,
    other: Table,
    by: Sequence[str] = SUBJECT,
    other_by: Sequence[str] = (),
    where: pd.Series | None = None,
) -> Beside:
    """The first record of ``other`` (of those of ``where``) that agrees with each record."""
    mine, theirs = shared_ids((table, by), (other, other_by or by))
    kept = np.arange(len(theirs)) if where is None else np.flatnonzero(where.to_numpy(bool))
    first = pd.Series(kept, index=theirs[kept])
    first = first[~first.index.duplicated()]
    found = first.reindex(mine).fillna(-1).to_numpy(dtype=np.int64)
    return Beside(other, found, table.frame.index)


def among(
    table: Table,
    by: Sequence[str],
    other: Table,
    other_by: Sequence[str] = (),
    where: pd.Series | None = None,
) -> pd.Series:
    """Records whose values stand together in a record of ``other`` (of those of ``where``)."""
    mine, theirs = shared_ids((table, by), (other, other_by or by))
    known = theirs if where is None else theirs[where.to_numpy(dtype=bool)]
    return pd.Series(np.isin(mine, known), index=table.frame.index)


def shared_ids(*parts: tuple[Table, Sequence[str]]) -> list[np.ndarray]:
    """A number for each record of several datasets; those with the same values have the same.

    Numbers and texts compare as they are written: ``1`` is the number 1.
    """
    lengths = [len(table.frame) for table, _ in parts]
    found = np.zeros(sum(lengths), dtype=np.int64)
    for names in zip(*(names for _, names in parts), strict=True):
        spelled = [table.spelled(name) for (table, _), name in zip(parts, names, strict=True)]
        texts = np.concatenate([distinct for _, distinct in spelled])
        one, known = pd.factorize(texts)
        starts = np.cumsum([0, *(len(distinct) for _, distinct in spelled)])
        codes = np.concatenate(
            [one[start:][codes] for start, (codes, _) in zip(starts[:-1], spelled, strict=True)]
        )
        found = pd.factorize(found * (len(known) + 1) + codes)[0]
    return np.split(found, np.cumsum(lengths)[:-1])


def lowest(values: pd.Series, group: pd.Series) -> pd.Series:
    """The smallest value of each record's group."""
    return values.groupby(group).transform("min")


def highest(values: pd.Series, group: pd.Series) -> pd.Series:
    """The largest value of each record's group."""
    return values.groupby(group).transform("max")


def how_many(mask: pd.Series, group: pd.Series) -> pd.Series:
    """How many records of the mask each record's group has."""
    return mask.astype(int).groupby(group).transform("sum")


def most_common(table: Table, name: str) -> str:
    """The text that most records have; empty where there is none."""
    codes, distinct = table.spelled(name)
    filled = codes[distinct.astype(bool)[codes]] if len(distinct) else codes
    return str(distinct[np.bincount(filled).argmax()]) if len(filled) else ""


def longest(table: Table, name: str) -> int:
    """The bytes of the longest text of a variable."""
    return max((len(text.encode()) for text in table.distinct(name)), default=0)
