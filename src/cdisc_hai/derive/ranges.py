"""Values against reference ranges and toxicity limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation

_DIGITS = 9
"""Products of decimals carry a trace of binary fractions; beyond this digit they are alike."""


@operation(
    "range_position",
    stage="column",
    sentence="{terms}: where {value} lies to {low} and {high}, both of them normal.",
    value=Param("variable"),
    low=Param("variable"),
    high=Param("variable"),
    terms=Param("[text]", required=False),
)
def range_position(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    value: str,
    low: str,
    high: str,
    terms: Sequence[str] = ("LOW", "NORMAL", "HIGH"),
) -> Derived:
    """ANRIND: below, within or above the range; missing without value or without any limit."""
    below, above = frame[value] < frame[low], frame[value] > frame[high]
    known = frame[value].notna() & (frame[low].notna() | frame[high].notna())
    words = np.select([below, above, known], [terms[0], terms[2], terms[1]], default="")
    return Derived(pd.Series(words, index=frame.index, dtype=object))


@operation(
    "toxicity_grade",
    stage="column",
    sentence=(
        "The highest grade whose limit {value} passes, else 0[; below: {low} "
        "({lower} stands for the lower limit of normal)]"
        "[; above, as multiples of {upper}: {high}][; above: {above}]."
    ),
    value=Param("variable"),
    by=Param("variable"),
    lower=Param("variable", required=False),
    upper=Param("variable", required=False),
    low=Param("any", required=False),
    high=Param("any", required=False),
    above=Param("any", required=False),
)
def toxicity_grade(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    value: str,
    by: str,
    lower: str | None = None,
    upper: str | None = None,
    low: Mapping[str, Sequence[Any]] | None = None,
    high: Mapping[str, Sequence[Any]] | None = None,
    above: Mapping[str, Sequence[Any]] | None = None,
) -> Derived:
    """A grade by limits that the spec gives for each value of ``by``, grade 1 first.

    ``low`` has values below which the grade holds (``LLN``: the variable ``lower``), ``high``
    multiples of the variable ``upper`` and ``above`` values above which it does; null: no such
    grade. A value that passes no limit has 0 where every limit is known, else no grade; so has
    a value without limits.
    """
    values = frame[value].astype(float).round(_DIGITS)
    normal = {"low": _limit(frame, lower), "high": _limit(frame, upper), "above": None}
    grade = pd.Series(np.nan, index=frame.index)
    known, unsure = grade.notna(), grade.notna()
    terms = texts(frame[by])
    for way, table in (("low", low), ("high", high), ("above", above)):
        for term, limits in (table or {}).items():
            rows = terms.eq(str(term)) & values.notna()
            known |= rows
            for number, limit in enumerate(limits, start=1):
                if limit is None:
                    continue
                threshold = _threshold(way, limit, normal[way], frame.index)
                passed = values < threshold if way == "low" else values > threshold
                grade = grade.where(~(rows & passed & ~(grade >= number)), float(number))
                unsure |= rows & threshold.isna()
    return Derived(grade.where(grade.notna() | ~known | unsure, 0.0))


def _limit(frame: pd.DataFrame, name: str | None) -> pd.Series:
    return pd.Series(np.nan, index=frame.index) if name is None else frame[name].astype(float)


def _threshold(way: str, limit: Any, normal: pd.Series | None, index: pd.Index) -> pd.Series:
    """What a value has to pass: a figure, the lower limit of normal, or a multiple of the upper."""
    if normal is not None and way == "low" and limit == "LLN":
        return normal.round(_DIGITS)
    if normal is not None and way == "high":
        return (float(limit) * normal).round(_DIGITS)
    return pd.Series(float(limit), index=index)
