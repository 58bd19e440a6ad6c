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
