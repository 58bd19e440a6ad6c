"""Conditions of a spec on the rows of a frame.

They stop at equality, membership, present or absent, a number above or at least another,
and at least so many days after another date; several names must all hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def present(values: pd.Series) -> pd.Series:
    """Whether there is a value: text that is not empty, a number that is not missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.notna()
    return values.notna() & values.ne("")


def matches(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.Series:
    """Rows for which every part of the condition holds; a column that is not there is empty."""
    mask = pd.Series(True, index=frame.index)
    for name, wanted in where.items():
        values = frame[name] if name in frame.columns else pd.Series("", index=frame.index)
        mask &= _one(frame, values, wanted)
    return mask


def _one(frame: pd.DataFrame, values: pd.Series, wanted: Any) -> pd.Series:
    if isinstance(wanted, Mapping):
        mask = pd.Series(True, index=values.index)
        for word, target in wanted.items():
            if word != "after":
                mask &= _word(frame, values, word, target, wanted)
        return mask
    return _equal(values, wanted)


def _word(
    frame: pd.DataFrame, values: pd.Series, word: str, target: Any, wanted: Mapping[str, Any]
) -> pd.Series:
    if word == "is":
        found = present(values)
        return found if target == "present" else ~found
    if word == "not":
        return ~_equal(values, target)
    numbers: pd.Series = pd.to_numeric(values, errors="coerce").astype(float)
    if word == "above":
        return numbers.gt(target)
    if word == "at_least":
        return numbers.ge(target)
    if word == "at_least_days":
        return numbers.sub(frame[wanted["after"]]).ge(target)
    raise KeyError(f"no condition {word!r}")


def _equal(values: pd.Series, wanted: Any) -> pd.Series:
    """Equality with one value or membership in several; numbers compare as numbers."""
    targets = wanted if isinstance(wanted, list) else [wanted]
    if pd.api.types.is_numeric_dtype(values):
        return values.isin([float(t) for t in targets if t not in (None, "")])
    texts = ["" if t is None else str(t) for t in targets]
    return values.isin(texts)
