"""What a derivation gives back: values, where each came from, and what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.findings import Severity


@dataclass(frozen=True)
class Doubt:
    """Rows of which something is to be told; ``refs`` name the records (``RS:17``)."""

    rule: str
    severity: Severity
    messages: Sequence[str]
    refs: Sequence[str]
    mend: str


@dataclass(frozen=True)
class Derived:
    """A new column; ``refs`` name the record that each value came from (``RS:17``), ``flags``
    say which part of a date was imputed."""

    values: pd.Series
    refs: pd.Series | None = None
    flags: pd.Series | None = None
    doubts: Sequence[Doubt] = ()


@dataclass(frozen=True)
class Records:
    """The records of a parameter, from a derivation that has something in doubt."""

    frame: pd.DataFrame
    doubts: Sequence[Doubt] = ()
