"""References to records (``RS:17``) as numbers, until somebody reads them.

A long table has a reference for each record, of which a derivation reads a few: as text they would
take more time and memory than what is derived from them.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype, take

NONE = -1  # the number that stands for no record


class RefDtype(ExtensionDtype):
    """References to the records of one dataset."""

    type: ClassVar[Any] = str
    na_value = ""
    _metadata = ("dataset",)

    def __init__(self, dataset: str = "") -> None:
        self.dataset = dataset

    @property
    def name(self) -> str:  # type: ignore[override]  # as pandas has it, other than its stubs
        return f"ref[{self.dataset}]"

    @classmethod
    def construct_from_string(cls, string: str) -> RefDtype:
        if not (string.startswith("ref[") and string.endswith("]")):
            raise TypeError(f"cannot construct a RefDtype from {string!r}")
        return cls(string[4:-1])

    @classmethod
    def construct_array_type(cls) -> builtins.type[Refs]:
        return Refs


class Refs(ExtensionArray):
    """Record numbers, counted from 1, that read as text: ``RS:17``; no record reads as ""."""

    def __init__(self, dataset: str, numbers: npt.ArrayLike) -> None:
        self.numbers = np.asarray(numbers, dtype=np.int64)
        self._dtype = RefDtype(dataset)

    @classmethod
    def count(cls, dataset: str, length: int) -> Refs:
        """The references of a dataset of so many records."""
        return cls(dataset, np.arange(1, length + 1))

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Refs:
        if isinstance(scalars, Refs):
            return scalars.copy() if copy else scalars
        texts = [str(ref) for ref in scalars]
        own = RefDtype.construct_from_string(dtype) if isinstance(dtype, str) else dtype
        dataset = own.dataset if own else next((t.partition(":")[0] for t in texts if t), "")
        return cls(dataset, [_number(text, dataset) for text in texts])

    @classmethod
    def _from_factorized(cls, values: Any, original: Refs) -> Refs:
        return cls(original.dtype.dataset, values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Refs]) -> Refs:
        return cls(to_concat[0].dtype.dataset, np.concatenate([one.numbers for one in to_concat]))

    @property
    def dtype(self) -> RefDtype:
        return self._dtype

    @property
    def nbytes(self) -> int:
        return self.numbers.nbytes

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, item: Any) -> Any:
        found = self.numbers[pd.api.indexers.check_array_indexer(self, item)]
        if np.ndim(found) == 0:
            return "" if found == NONE else f"{self.dtype.dataset}:{found}"
        return Refs(self.dtype.dataset, found)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[np.object_]:
        head = f"{self.dtype.dataset}:"
        texts = [head + text for text in map(str, self.numbers.tolist())]
        found = np.empty(len(texts), dtype=object)
        found[:] = texts
        found[self.numbers == NONE] = ""
        return found

    def __eq__(self, other: Any) -> Any:
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return NotImplemented
        if isinstance(other, str) and other == "":
            return self.numbers == NONE
        return np.asarray(self) == np.asarray(other, dtype=object)

    def __hash__(self) -> int:
        raise TypeError("a column has no hash")

    def isna(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.numbers == NONE)

    def fillna(
        self,
        value: object,  # noqa: ARG002 - pandas gives it; no record reads as "" already
        limit: int | None = None,  # noqa: ARG002 - as above
        copy: bool = True,
    ) -> Refs:
        return self.copy() if copy else self

    def take(
        self,
        indices: Any,
        *,
        allow_fill: bool = False,
        fill_value: Any = None,  # noqa: ARG002 - pandas gives it; there is one kind of no record
    ) -> Refs:
        found = take(self.numbers, indices, fill_value=NONE, allow_fill=allow_fill)
        return Refs(self.dtype.dataset, np.asarray(found))

    def copy(self) -> Refs:
        return Refs(self.dtype.dataset, self.numbers.copy())

    def _values_for_factorize(self) -> tuple[npt.NDArray[np.int64], int]:
        return self.numbers, NONE


def _number(text: str, dataset: str) -> int:
    if text == "":
        return NONE
    head, _, number = text.partition(":")
    if head != dataset or not number.isdigit():
        raise ValueError(f"{text!r} is no record of {dataset!r}")
    return int(number)


def joined(refs: pd.Series, number: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.object_]:
    """For each number (from 0) its references, joined by ;"""
    if not len(number):
        return np.array([], dtype=object)
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number)).tolist()
    if isinstance(refs.dtype, RefDtype):  # the dataset's name comes in with the semicolons
        head = f"{refs.dtype.dataset}:"
        texts = list(map(str, refs.array.numbers[order].tolist()))
    else:
        head, texts = "", refs.to_numpy(dtype=object)[order].tolist()
    between, starts = f";{head}", [0, *ends[:-1]]
    found = np.empty(len(ends), dtype=object)
    found[:] = [
        head + between.join(texts[one:end]) if end > one else ""
        for one, end in zip(starts, ends, strict=True)
    ]
    return found
