"""Numbers in two units: which records of a test are not converted by the factor of the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Table

_ENOUGH = 5
_AGREE = 0.8
"""A factor is trusted when so many records have it, and so large a part of all."""
_CLOSE = 1e-9


def off_the_line(table: Table, collected: str, standard: str, judged: pd.Series) -> pd.Series:
    """Records whose ``standard`` is not ``collected`` times the factor of their test and units."""
    one, other = number_of(table, collected), number_of(table, standard)
    known = judged & one.notna() & other.notna() & one.ne(0)
    if not known.any():
        return table.none()
    group = table.group("--TESTCD", "--ORRESU", "--STRESU")[known]
    factor = (other / one)[known].groupby(group).transform("median")
    slack = _step(table, standard)[known] / 2 + _CLOSE * other[known].abs()
    off = (one[known] * factor - other[known]).abs().gt(slack)
    agreed = (~off).groupby(group).transform("mean").ge(_AGREE)
    many = off.groupby(group).transform("size").ge(_ENOUGH)
    found = table.none()
    found[known] = off & agreed & many
    return found


def _step(table: Table, name: str) -> pd.Series:
    """The last digit that a number is written with."""
    codes, distinct = table.spelled(name)
    steps = [10.0 ** -len(text.partition(".")[2]) for text in distinct]
    return pd.Series(np.array(steps)[codes], index=table.frame.index)
