"""Baselines and what is measured against them (ADaMIG 1.3, section 3.3.4)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cdisc_hai.derive.merged import record_keys
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation


@operation(
    "baseline_value",
    stage="column",
    sentence=("{variable} of the record of the same subject and {by} on which {flag} is {yes}."),
    variable=Param("variable"),
    flag=Param("variable"),
    by=Param("[variable]"),
    yes=Param("text", required=False),
)
def baseline_value(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    flag: str,
    by: Sequence[str],
    yes: str = "Y",
) -> Derived:
    """BASE, BASEC, BNRIND, BTOXGR: a variable of the flagged record on all records of its group.

    Where a group has more than one flagged record the first of the dataset counts.
    """
    keys = pd.Series(
        record_keys([frame[name] for name in (SUBJECT, *by)], len(frame)), index=frame.index
    )
    flagged = frame[flag].eq(yes) & ~keys[frame[flag].eq(yes)].duplicated().reindex(
        frame.index, fill_value=True
    )
    found = keys.map(pd.Series(frame.loc[flagged, variable].to_numpy(), index=keys[flagged]))
    if pd.api.types.is_numeric_dtype(frame[variable]):
        return Derived(found.astype(float))
    return Derived(found.astype(object).where(found.notna(), ""))


@operation(
    "change",
    stage="column",
    sentence="{value} minus {base}.",
    value=Param("variable"),
    base=Param("variable"),
)
def change(frame: pd.DataFrame, tables: Tables, *, value: str, base: str) -> Derived:
    """CHG: the difference from baseline, also on the baseline record."""
    return Derived(frame[value] - frame[base])


@operation(
    "percent_change",
    stage="column",
    sentence="100 times ({value} minus {base}) divided by {base}; missing where {base} is 0.",
    value=Param("variable"),
    base=Param("variable"),
)
def percent_change(frame: pd.DataFrame, tables: Tables, *, value: str, base: str) -> Derived:
    """PCHG: the percent change from baseline."""
    below = frame[base].where(frame[base].ne(0))
    return Derived(100 * (frame[value] - frame[base]) / below)


@operation(
    "ratio",
    stage="column",
    sentence="{value} divided by {base}; missing where {base} is 0.",
    value=Param("variable"),
    base=Param("variable"),
)
def ratio(frame: pd.DataFrame, tables: Tables, *, value: str, base: str) -> Derived:
    """R2BASE, R2ANRLO, R2ANRHI: a value as a multiple of another."""
    return Derived(frame[value] / frame[base].where(frame[base].ne(0)))


@operation(
    "shift",
    stage="column",
    sentence="{base} and {value}, joined with {between}; missing where either is.",
    base=Param("variable"),
    value=Param("variable"),
    between=Param("text", required=False),
    missing=Param("text", required=False),
)
def shift(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    base: str,
    value: str,
    between: str = " to ",
    missing: str = "",
) -> Derived:
    """SHIFTy: from the baseline category to that of the record.

    ``missing`` stands for a category that is not there; without it such a record has no shift.
    """
    first, second = texts(frame[base]), texts(frame[value])
    if missing:
        first, second = first.where(first.ne(""), missing), second.where(second.ne(""), missing)
    return Derived((first + between + second).where(first.ne("") & second.ne(""), ""))
