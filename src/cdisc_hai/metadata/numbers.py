"""Columns as numbers."""

from __future__ import annotations

import pandas as pd


def as_numbers(values: pd.Series) -> pd.Series:
    """A column as numbers; what is none is missing."""
    if values.dtype.kind not in "iuf":  # numbers need not be read
        values = pd.to_numeric(values, errors="coerce")
    return values.astype(float)
