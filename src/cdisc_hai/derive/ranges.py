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

WAYS = ("low", "high", "above", "rise", "abnormal")
"""The tables of limits of a toxicity grade."""


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
        "[; above, as multiples of {upper}: {high}][; above: {above}]"
        "[; above, as multiples of {base}: {rise}]"
        "[; where {base} is above {upper}, above these multiples of it and of no other: {abnormal}]"
        "[; a limit itself has the grade, too: {inclusive}]."
    ),
    value=Param("variable"),
    by=Param("variable"),
    lower=Param("variable", required=False),
    upper=Param("variable", required=False),
    base=Param("variable", required=False),
    low=Param("any", required=False),
    high=Param("any", required=False),
    above=Param("any", required=False),
    rise=Param("any", required=False),
    abnormal=Param("any", required=False),
    inclusive=Param("[text]", required=False, choices=WAYS),
)
def toxicity_grade(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    value: str,
    by: str,
    lower: str | None = None,
    upper: str | None = None,
    base: str | None = None,
    inclusive: Sequence[str] = (),
    **limits: Mapping[str, Sequence[Any]],
) -> Derived:
    """A grade by limits that the spec gives for each value of ``by``, grade 1 first.

    ``low`` has values below which the grade holds (``LLN``, ``0.75 LLN``: of the variable
    ``lower``), ``high`` multiples of the variable ``upper``, ``above`` values above which it does
    and ``rise`` multiples of the baseline; ``abnormal`` has those of a baseline above ``upper``,
    in place of ``high``. null: no such grade. A value that passes no limit has 0 where every limit
    is known, else no grade; so has a value without limits. (CTCAE 4.03 and 5.0.)
    """
    values = frame[value].astype(float).round(_DIGITS)
    terms = texts(frame[by])
    least, most, start = (_limit(frame, name) for name in (lower, upper, base))
    normal = {"low": least, "high": most, "above": most, "rise": start, "abnormal": start}
    raised = start > most
    others = limits.get("abnormal") or {}
    grade = pd.Series(np.nan, index=frame.index)
    known, unsure = grade.notna(), grade.notna()
    for way in WAYS:
        for term, own in (limits.get(way) or {}).items():
            rows = terms.eq(str(term)) & values.notna()
            known |= rows
            rows &= raised if way == "abnormal" else ~(raised & (way == "high") & (term in others))
            for number, limit in enumerate(own, start=1):
                if limit is None:
                    continue
                threshold = _threshold(way, limit, normal[way])
                passed = values < threshold if way == "low" else values > threshold
                passed |= values.eq(threshold) & (way in inclusive)
                grade = grade.where(~(rows & passed & ~(grade >= number)), float(number))
                unsure |= rows & threshold.isna()
    return Derived(grade.where(grade.notna() | ~known | unsure, 0.0))


def _limit(frame: pd.DataFrame, name: str | None) -> pd.Series:
    return pd.Series(np.nan, index=frame.index) if name is None else frame[name].astype(float)


def _threshold(way: str, limit: Any, normal: pd.Series) -> pd.Series:
    """What a value has to pass: a figure, or a multiple of a limit of normal or of the baseline."""
    if way == "low" and str(limit).endswith("LLN"):
        return (float(str(limit).removesuffix("LLN") or 1) * normal).round(_DIGITS)
    if way in ("high", "rise", "abnormal"):
        return (float(limit) * normal).round(_DIGITS)
    return pd.Series(float(limit), index=normal.index)
