"""What a spec asks of data: a rule, the records that keep it, and what to say of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Fine = Callable[[Any], "pd.Series | bool"]
"""Records that keep a contract; one answer when it is the column itself that does or does not."""


@dataclass(frozen=True)
class Contract:
    """One rule for a variable, or for the records of a dataset together.

    ``fine`` takes the variable's column, or the frame; ``says`` follows the
    values of the columns that it ``quotes``.
    """

    rule: str
    variable: str
    fine: Fine
    says: str
    mend: str
    quotes: tuple[str, ...] = ()


def texts(values: pd.Series) -> pd.Series:
    """The texts of a column; empty for what is none, which is another contract's matter."""
    if isinstance(values.dtype, pd.StringDtype):
        return values.fillna("") if values.hasnans else values
    if not pd.api.types.is_object_dtype(values):
        return pd.Series("", index=values.index, dtype=object)
    return values if all_texts(values) else values.where(is_text(values), "")


def all_texts(values: pd.Series) -> bool:
    """Whether a column of objects holds texts alone."""
    return pd.api.types.infer_dtype(values, skipna=False) in ("string", "empty")


def is_text(values: pd.Series) -> pd.Series:
    """Which values of a column of objects are texts."""
    return values.map(lambda value: isinstance(value, str)).astype(bool)


def each(
    fine: Callable[[str], bool], *, surely: Callable[[list[str]], bool] = lambda _: False
) -> Fine:
    """Judges a column of texts by asking ``fine`` once for every distinct text.

    ``surely`` looks at all texts at once; where it says yes, none has to be asked.
    """

    # a closure and no partial: pandera copies its checks in depth, and passes functions over
    def judge(values: pd.Series) -> pd.Series | bool:
        found = np.asarray(texts(values), dtype=object)
        if surely(found.tolist()):
            return True
        codes, distinct = pd.factorize(found)
        answers = np.fromiter(map(fine, distinct), dtype=bool, count=len(distinct))
        return pd.Series(answers[codes], index=values.index)

    return judge
