"""Numbers as texts spell them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cdisc_hai.conform.table import Table

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def is_number(text: str) -> bool:
    """Whether a text is one number, with a decimal point and without a sign such as <."""
    return _NUMBER.fullmatch(text) is not None


def number_of(table: Table, name: str) -> pd.Series:
    """The numbers that a variable holds, as numbers or as texts; NaN for any other text."""
    if table.numeric(name):
        return table.number(name)
    codes, distinct = table.spelled(name)
    read = np.array([float(text) if is_number(text) else np.nan for text in distinct])
    return pd.Series(read[codes], index=table.frame.index)
