"""What an operation gives back: values, and what was wrong with some of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.findings import Severity


@dataclass(frozen=True)
class Problem:
    """Rows that an operation could not do as the spec says.

    ``rows`` is a mask over the operation's rows, ``messages`` one text for all or one a row.
    """

    rule: str
    severity: Severity
    rows: pd.Series
    messages: str | pd.Series
    mend: str

    def message(self, position: int) -> str:
        """The text for one row, by position."""
        return self.messages if isinstance(self.messages, str) else self.messages.iloc[position]


@dataclass(frozen=True)
class Mapped:
    """A new column, and its problems."""

    values: pd.Series
    problems: Sequence[Problem] = ()
    sources: pd.Series | None = None
    """Raw lines (``file:row``, joined by ;) of the other records that the values came from."""


def texts(values: pd.Series) -> pd.Series:
    """A column as text: whole numbers without a decimal point, missing ones empty."""
    if pd.api.types.is_numeric_dtype(values):
        return pd.Series(
            [number_text(v) for v in values.to_numpy()], index=values.index, dtype=object
        )
    return values.fillna("").astype(object)


def number_text(value: float) -> str:
    """The shortest decimal text that reads back as the number; empty for a missing one."""
    if value != value:  # NaN
        return ""
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    text = repr(float(value))
    return format(float(value), ".15f").rstrip("0") if "e" in text else text
