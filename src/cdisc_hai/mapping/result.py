"""What an operation gives back: values, and what was wrong with some of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cdisc_hai.findings import Severity
from cdisc_hai.metadata.choices import texts


@dataclass(frozen=True)
class Problem:
    """Rows that an operation could not do as the spec says.

    ``rows`` is a mask over the operation's rows, ``messages`` one text for all or one for each row
    that the mask has.
    """

    rule: str
    severity: Severity
    rows: pd.Series
    messages: str | pd.Series
    mend: str

    def message(self, position: int) -> str:
        """The text for one row, by position."""
        if isinstance(self.messages, str):
            return self.messages
        return str(self.messages.loc[self.rows.index[position]])


def told(rows: pd.Series, *parts: str | pd.Series) -> pd.Series:
    """Texts and columns joined, for the rows that a mask has: few, where most rows are right."""
    message: Any = pd.Series("", index=rows.index[rows.to_numpy(dtype=bool)], dtype=object)
    for part in parts:
        message = message + (part if isinstance(part, str) else texts(part[rows]))
    return pd.Series(message)


@dataclass(frozen=True)
class Mapped:
    """A new column, and its problems."""

    values: pd.Series
    problems: Sequence[Problem] = ()
    sources: pd.Series | None = None
    """Raw lines (``file:row``, joined by ;) of the other records that the values came from."""
