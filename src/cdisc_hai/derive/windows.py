"""Analysis visits by windows of days (ADaMIG 1.3, AVISIT and the AW variables)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation

_GIVES = ("visit", "number", "target", "low", "high", "range", "difference")


@operation(
    "analysis_window",
    stage="column",
    sentence="The {gives} of the window that {day} lies in, of these: {windows}.",
    day=Param("variable"),
    windows=Param("[shape:visit_window]"),
    gives=Param("text", required=False, choices=_GIVES),
)
def analysis_window(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    day: str,
    windows: Sequence[Mapping[str, Any]],
    gives: str = "visit",
) -> Derived:
    """What the first window that fits says: its visit, number, target, limits or text of them.

    ``difference`` is the distance of the day from the target. A window without ``low`` or
    ``high`` is open on that side, and a ``when`` limits it to some of the rows.
    """
    days = frame[day].astype(float)
    numeric = gives in ("number", "target", "low", "high", "difference")
    found = pd.Series(
        np.nan if numeric else "", index=frame.index, dtype=None if numeric else object
    )
    waiting = days.notna()
    for window in windows:
        inside = waiting & matches(frame, window.get("when") or {})
        inside &= (days >= window.get("low", -np.inf)) & (days <= window.get("high", np.inf))
        found = found.where(~inside, _said(window, gives, days, numeric))
        waiting &= ~inside
    return Derived(found)


def _said(window: Mapping[str, Any], gives: str, days: pd.Series, numeric: bool) -> Any:
    if gives == "difference":
        return (days - window.get("target", np.nan)).abs()
    if gives == "range" and "range" not in window:
        return f"{window.get('low', '')} - {window.get('high', '')}".strip()
    value = window.get(gives)
    if numeric:
        return np.nan if value is None else float(value)
    return "" if value is None else str(value)
