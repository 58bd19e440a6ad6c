"""Conditions of a spec on the rows of a frame.

They stop at equality, membership, present or absent, a number or date compared with a number or
with another variable of the row, a text that contains or begins with another, and at least so many
days after another date; several names must all hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cdisc_hai.metadata.numbers import as_numbers

COMPARED = {"above": "gt", "at_least": "ge", "below": "lt", "at_most": "le", "same_as": "eq"}
"""Comparisons with a number, or with the variable of the row that a text names."""

WORDS = frozenset(
    {"is", "not", "contains", "starts_with", "at_least_days", "after"} | COMPARED.keys()
)


def variables_read(wanted: Any) -> list[str]:
    """The variables that the words of a condition compare with."""
    if not isinstance(wanted, Mapping):
        return []
    return [
        str(target)
        for word, target in wanted.items()
        if word == "after" or (word in COMPARED and isinstance(target, str))
    ]


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name in frame.columns:
        return frame[name]
    return pd.Series("", index=frame.index, dtype=object)


def _like(values: pd.Series, word: str, target: Any) -> pd.Series:
    """Texts that contain, or begin with, one of several; upper and lower case are told apart."""
    targets = tuple(map(str, target if isinstance(target, list) else [target]))
    texts = values.astype(object).map(lambda value: value if isinstance(value, str) else "")
    if word == "starts_with":
        return texts.map(lambda text: text.startswith(targets)).astype(bool)
    return texts.map(lambda text: any(part in text for part in targets)).astype(bool)


def present(values: pd.Series) -> pd.Series:
    """Whether there is a value: text that is not empty, a number that is not missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.notna()
    if values.dtype == object:
        return ~values.isin(_ABSENT)
    return values.notna() & values.ne("")


_ABSENT = ["", None, float("nan"), pd.NA, pd.NaT]

Columns = Callable[[str], pd.Series]
"""A variable of the rows in question."""


def matches(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.Series:
    """Rows for which every part of the condition holds; a column that is not there is empty.

    Each part is asked of the rows alone that the parts before it left over.
    """
    left = np.arange(len(frame))
    for name, wanted in where.items():
        picked = _picker(frame, left)
        held = _one(picked, picked(name), wanted).to_numpy(dtype=bool)
        left = left[held]
    mask = np.zeros(len(frame), dtype=bool)
    mask[left] = True
    return pd.Series(mask, index=frame.index)


def _picker(frame: pd.DataFrame, rows: npt.NDArray[np.int64]) -> Columns:
    every = len(rows) == len(frame)
    return lambda name: _column(frame, name) if every else _column(frame, name).iloc[rows]


def _one(column: Columns, values: pd.Series, wanted: Any) -> pd.Series:
    if isinstance(wanted, Mapping):
        mask = pd.Series(True, index=values.index)
        for word, target in wanted.items():
            if word != "after":
                mask &= _word(column, values, word, target, wanted)
        return mask
    return _equal(values, wanted)


def _word(
    column: Columns, values: pd.Series, word: str, target: Any, wanted: Mapping[str, Any]
) -> pd.Series:
    if word == "is":
        found = present(values)
        return found if target == "present" else ~found
    if word == "not":
        return ~_equal(values, target)
    if word in ("contains", "starts_with"):
        return _like(values, word, target)
    numbers = as_numbers(values)
    if word in COMPARED:
        beside = column(target) if isinstance(target, str) else None
        other = target if beside is None else as_numbers(beside)
        compared: pd.Series = getattr(numbers, COMPARED[word])(other)
        return compared if word != "same_as" else compared | _same_text(values, beside)
    if word == "at_least_days":
        return numbers.sub(as_numbers(column(wanted["after"]))).ge(target)
    raise KeyError(f"no condition {word!r}")


def _same_text(values: pd.Series, other: pd.Series | None) -> pd.Series | bool:
    """Whether two variables hold the same text; two that are missing do not."""
    if other is None or not (_textual(values) and _textual(other)):
        return False
    return present(values) & values.astype(object).eq(other.astype(object))


def _textual(values: pd.Series) -> bool:
    return not pd.api.types.is_numeric_dtype(values)


def _equal(values: pd.Series, wanted: Any) -> pd.Series:
    """Equality with one value or membership in several; numbers compare as numbers."""
    targets = wanted if isinstance(wanted, list) else [wanted]
    if pd.api.types.is_numeric_dtype(values):
        return values.isin([float(t) for t in targets if t not in (None, "")])
    texts = ["" if t is None else str(t) for t in targets]
    return values.isin(texts)
