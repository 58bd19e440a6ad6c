"""Subjects by number: what belongs to one subject is found without comparing texts.

The tables of a run have their subjects as a categorical column, all with the same categories in the
order of their texts, so that the numbers of one table are those of every other. Columns of
text (tables drawn by hand) are numbered when they are asked for.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from cdisc_hai.derive.refs import RefDtype
from cdisc_hai.derive.runs import runs
from cdisc_hai.metadata.choices import texts

Ints = npt.NDArray[np.integer[Any]]


class Subjects:
    """The subjects of a run: one list of categories for the columns of all tables.

    It grows with a subject that was not known before; columns made before keep the shorter list,
    until they are coded anew.
    """

    def __init__(self, known: pd.Series | None = None) -> None:
        self.dtype = pd.CategoricalDtype(pd.Index([], dtype=object))
        if known is not None:
            self.coded(known)

    def coded(self, subjects: pd.Series) -> pd.Categorical:
        """A column of subjects as a categorical one; those that are not known come to be."""
        if isinstance(subjects.dtype, pd.CategoricalDtype):
            if subjects.cat.categories is self.dtype.categories:
                return cast("pd.Categorical", subjects.array)
            moved = np.append(self._found(subjects.cat.categories.to_numpy()), -1)
            return self._of(moved[subjects.cat.codes])
        starts, lengths = runs(subjects)
        heads = subjects.to_numpy(dtype=object)[starts]
        return self._of(np.repeat(self._found(heads), lengths))

    def _found(self, subjects: npt.NDArray[np.object_]) -> Ints:
        found = self.dtype.categories.get_indexer(pd.Index(subjects, dtype=object))
        new = subjects[(found < 0) & pd.notna(subjects)]
        if not len(new):
            return found
        every = sorted({*self.dtype.categories, *new})
        self.dtype = pd.CategoricalDtype(pd.Index(every, dtype=object))
        return self.dtype.categories.get_indexer(pd.Index(subjects, dtype=object))

    def _of(self, codes: Ints) -> pd.Categorical:
        return pd.Categorical.from_codes(codes, dtype=self.dtype, validate=False)


def numbers(subjects: pd.Series) -> tuple[Ints, int]:
    """A number for each row in the order of the subjects' texts, -1 for none, and how many
    numbers there may be."""
    if isinstance(subjects.dtype, pd.CategoricalDtype):
        return np.asarray(subjects.cat.codes), len(subjects.cat.categories)
    codes, distinct = pd.factorize(subjects.to_numpy(dtype=object), sort=True)
    return codes, len(distinct)


def alike(one: pd.Series, other: pd.Series) -> tuple[Ints, Ints, int]:
    """Numbers of two columns by which a subject of the one is the same as one of the other."""
    if _same(one, other):
        return np.asarray(one.cat.codes), np.asarray(other.cat.codes), len(one.cat.categories)
    both = np.concatenate([one.to_numpy(dtype=object), other.to_numpy(dtype=object)])
    codes, distinct = pd.factorize(both, sort=True)
    return codes[: len(one)], codes[len(one) :], len(distinct)


def places(wanted: pd.Series, among: pd.Series) -> Ints:
    """For each wanted subject the first row that is the subject's, -1 where there is none."""
    own, theirs, count = alike(wanted, among)
    return first_rows(theirs, count)[own]


def first_rows(codes: Ints, count: int) -> Ints:
    """The first row of each number, -1 where there is none; the entry at -1 is -1."""
    first = np.full(count + 1, -1, dtype=np.int64)
    known = np.flatnonzero(codes >= 0)[::-1]
    first[codes[known]] = known  # of rows with one number the last that is set is the first
    return first


def among(subjects: pd.Series, others: pd.Series) -> npt.NDArray[np.bool_]:
    """Which subjects stand among others."""
    return places(subjects, others) >= 0


def taken(values: pd.Series, rows: Ints) -> Any:
    """The values at these rows; at -1 a number is missing and a text empty.

    References to records stay numbers (``Refs``), anything else is an array.
    """
    if pd.api.types.is_numeric_dtype(values):
        return np.append(values.to_numpy(dtype=float), np.nan)[rows]
    if isinstance(values.dtype, RefDtype):
        return values.array.take(rows, allow_fill=True)
    if isinstance(values.dtype, pd.CategoricalDtype):
        return texts(pd.Series(values.array.take(rows, allow_fill=True))).to_numpy(dtype=object)
    return np.append(texts(values).to_numpy(dtype=object), "")[rows]


def _same(one: pd.Series, other: pd.Series) -> bool:
    kinds = (one.dtype, other.dtype)
    if not all(isinstance(kind, pd.CategoricalDtype) for kind in kinds):
        return False
    return one.cat.categories is other.cat.categories
