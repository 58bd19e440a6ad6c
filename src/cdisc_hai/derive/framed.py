"""Frames made of columns, as they are: texts stay objects.

pandas makes a column of strings of an array of texts, for which it goes through every one, and
through all of them again when they are put together with others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.refs import RefDtype


def framed(columns: Mapping[str, Any], index: pd.Index | None = None) -> pd.DataFrame:
    """A frame of these columns, one of which at least is no single value; rows by position."""
    if index is None:
        long = next(c for c in columns.values() if not isinstance(c, str) and np.ndim(c))
        index = pd.RangeIndex(len(long))
    return pd.DataFrame({name: _column(of, index) for name, of in columns.items()}, copy=False)


def _column(values: Any, index: pd.Index) -> pd.Series:
    if isinstance(values, str):
        return pd.Series(values, index=index, dtype=object)
    if np.ndim(values) == 0:
        return pd.Series(values, index=index)
    kind = getattr(values, "dtype", None)
    if isinstance(kind, RefDtype | pd.CategoricalDtype):
        return pd.Series(getattr(values, "array", values), index=index)
    if kind is None or not pd.api.types.is_numeric_dtype(kind):
        return pd.Series(np.asarray(values, dtype=object), index=index, dtype=object)
    return pd.Series(np.asarray(values), index=index)
