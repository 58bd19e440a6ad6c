"""The first case that fits: values that a spec chooses by conditions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.numbers import as_numbers

Cases = Sequence[Mapping[str, Any]]
EXACT = 10**15  # whole numbers below it are written as they are


def constant(rows: pd.DataFrame, value: Any) -> pd.Series:
    """One value for every row: a number as a number, anything else as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return pd.Series(float(value), index=rows.index)
    return pd.Series("" if value is None else str(value), index=rows.index, dtype=object)


def choose_cases(rows: pd.DataFrame, cases: Cases) -> pd.Series:
    """First case that fits, row by row; empty text or missing where none does."""
    options = [_option(rows, case) for case in cases]
    numeric = all(pd.api.types.is_numeric_dtype(option) for option in options)
    chosen = constant(rows, np.nan if numeric else None)
    waiting = pd.Series(True, index=rows.index)
    for case, option in zip(cases, options, strict=True):
        fits = waiting & matches(rows, case.get("when") or {})
        chosen = chosen.where(~fits, option if numeric else texts(option))
        waiting &= ~fits
    return chosen


def _option(rows: pd.DataFrame, case: Mapping[str, Any]) -> pd.Series:
    for key in ("column", "variable"):
        if key in case:
            found: pd.Series = rows[case[key]]
            return found
    return constant(rows, case.get("value"))


def texts(values: pd.Series) -> pd.Series:
    """A column as text: whole numbers without a decimal point, missing ones empty."""
    if pd.api.types.is_numeric_dtype(values):
        codes, distinct = pd.factorize(values.to_numpy(dtype=float))
        written = np.array([*(number_as_text(v) for v in distinct), ""], dtype=object)
        return pd.Series(written[codes], index=values.index, dtype=object)
    if isinstance(values.dtype, pd.CategoricalDtype):
        words = texts(pd.Series(values.cat.categories)).to_numpy(dtype=object)
        return pd.Series(np.append(words, "")[values.cat.codes], index=values.index, dtype=object)
    return values if _all_text(values) else values.fillna("").astype(object)


def _all_text(values: pd.Series) -> bool:
    """Whether every value of a column of objects is a text; quicker asked than what is missing."""
    kind = pd.api.types.infer_dtype(values, skipna=False) if values.dtype == object else ""
    return kind in ("string", "empty")


def as_written(values: pd.Series, *, text: bool) -> pd.Series:
    """A column as it is written: text with "" for missing, or numbers with NaN."""
    if text:
        if _all_text(values):
            return values
        found = texts(values)
        return found if _all_text(found) else found.map(str).astype(object)
    return as_numbers(values)


def number_as_text(value: float) -> str:
    """The shortest decimal text that reads back as the number; empty for a missing one."""
    if math.isnan(value):
        return ""
    if not math.isfinite(value):
        return repr(float(value))
    if value == int(value) and abs(value) < EXACT:
        return str(int(value))
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
