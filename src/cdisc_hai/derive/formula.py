"""Arithmetic of a spec: a tree of named operations on variables and numbers, never a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation


def _each(step: Callable[[Any, Any], Any]) -> Callable[[list[pd.Series]], pd.Series]:
    return lambda parts: reduce(step, parts)


def _quotient(parts: list[pd.Series]) -> pd.Series:
    """Of the first by the others; nothing is divided by 0."""
    return reduce(lambda one, other: one / other.where(other.ne(0)), parts)


def _root(parts: list[pd.Series]) -> pd.Series:
    found: pd.Series = parts[0].where(parts[0].ge(0)) ** 0.5
    return found


def _log(parts: list[pd.Series]) -> pd.Series:
    return pd.Series(np.log(parts[0].where(parts[0].gt(0))), index=parts[0].index)


def rounded(values: pd.Series, digits: int) -> pd.Series:
    """Half away from zero, as people and SAS round; a trace of binary fractions does not count."""
    scale = 10.0**digits
    halves = np.floor((values.abs() * scale).round(9) + 0.5)
    found: pd.Series = np.sign(values) * halves / scale
    return found


def _round(parts: list[pd.Series]) -> pd.Series:
    return rounded(parts[0], int(parts[1].iloc[0]) if len(parts) > 1 and len(parts[1]) else 0)


WORDS: dict[str, Callable[[list[pd.Series]], pd.Series]] = {
    "sum": _each(lambda one, other: one + other),
    "difference": _each(lambda one, other: one - other),
    "product": _each(lambda one, other: one * other),
    "quotient": _quotient,
    "power": _each(lambda one, other: one**other),
    "root": _root,
    "log": _log,
    "absolute": lambda parts: parts[0].abs(),
    "round": _round,
    "smallest": _each(np.fmin),
    "largest": _each(np.fmax),
    "present": _each(lambda one, other: one.where(one.notna(), other)),
}


@operation(
    "computed",
    stage="column",
    sentence="{formula}.",
    formula=Param("formula"),
)
def computed(frame: pd.DataFrame, tables: Tables, *, formula: Mapping[str, Any]) -> Derived:
    """A number worked out from other variables of the row; missing where a part of it is.

    ``{quotient: [{product: [2, DIABP]}, SYSBP]}``; the registry's ``FORMULA_WORDS`` are the words.
    """
    return Derived(worked_out(frame, formula))


def worked_out(frame: pd.DataFrame, formula: Any) -> pd.Series:
    """The value of a formula for each row."""
    if isinstance(formula, Mapping):
        ((word, parts),) = formula.items()
        operands = parts if isinstance(parts, list) else [parts]
        return WORDS[word]([worked_out(frame, part) for part in operands])
    if isinstance(formula, int | float) and not isinstance(formula, bool):
        return pd.Series(float(formula), index=frame.index)
    return as_numbers(frame[formula])
