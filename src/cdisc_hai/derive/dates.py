"""Derivations of dates; days are SAS dates, counted from 1960-01-01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.impute import Imputer
from cdisc_hai.derive.result import Derived, Doubt
from cdisc_hai.derive.runs import mapped, runs
from cdisc_hai.derive.sources import SUBJECT, Tables, column, dated_records, given, pick
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.dates import (
    complete_day,
    iso_of_day,
    iso_of_days,
    without_day_zero,
)
from cdisc_hai.metadata.reads import CUTOFF
from cdisc_hai.registry import Param, operation

Sources = Sequence[Mapping[str, Any]]


def source_column(frame: pd.DataFrame, tables: Tables, source: str) -> tuple[pd.Series, pd.Series]:
    """Values and refs of ``DM.AGE``: of the frame's own source record, or the subject's."""
    dataset, name = source.split(".")
    if f"^{source}" in frame.columns:
        return frame[f"^{source}"], frame["@from"]
    table = tables[dataset].drop_duplicates(SUBJECT).set_index(SUBJECT, drop=False)
    values = given(table, name)
    found = mapped(frame[SUBJECT], values)
    refs = texts(mapped(frame[SUBJECT], column(table, "@ref")))
    if pd.api.types.is_numeric_dtype(values):
        return found.astype(float), refs
    return texts(found), refs


def _imputed(
    refs: pd.Series, iso: pd.Series, days: pd.Series, flags: pd.Series, rule: str
) -> Doubt:
    rows = flags.ne("")
    texts = [
        f"{text} is taken as {iso_of_day(day)} by imputation '{rule}'"
        for text, day in zip(iso[rows], days[rows], strict=True)
    ]
    return Doubt(
        "ADAM-DATE-IMPUTED",
        "warning",
        texts,
        list(refs[rows]),
        "complete the date in the EDC system",
    )


@operation(
    "day_of",
    stage="column",
    sentence=(
        "The day of {source}[, a partial date completed by {impute}]"
        "[; missing where it lies after {not_after}]."
    ),
    source=Param("source"),
    impute=Param("imputation", required=False),
    not_after=Param("[limit]", required=False),
    limit=Param("run:limit", required=False),
)
def day_of(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    source: str,
    limit: Any,
    impute: Imputer | None = None,
    not_after: Sequence[str] = (),
) -> Derived:
    """An ISO 8601 date as a day, completed by the rule where the spec names one.

    A day after one of the limits is missing.
    """
    iso, refs = source_column(frame, tables, source)
    doubts: tuple[Doubt, ...] = ()
    if impute is None:
        days, flags = complete_day(iso), None
    else:
        ended = impute.rule.unless_ended
        end = complete_day(source_column(frame, tables, ended)[0]) if ended else None
        days, flags = impute.complete(frame[SUBJECT], iso, end)
    for name in not_after:
        days = days.where(~(days > limit(name, frame[SUBJECT])))
    if impute is not None and flags is not None:
        flags = flags.where(days.notna(), "")
        own = refs.where(refs.eq(""), refs + ":" + source.split(".")[1])
        doubts = (_imputed(own, iso, days, flags, impute.rule.name),)
    return Derived(days, refs, flags, doubts)


@operation(
    "imputation_flag",
    stage="column",
    sentence='"D" where the day of {variable} is imputed.',
    variable=Param("variable"),
)
def imputation_flag(frame: pd.DataFrame, tables: Tables, *, variable: str) -> Derived:
    """Which part of another variable's date was imputed (ADaM codelist DATEFL)."""
    return Derived(column(frame, f"@flag.{variable}"))


@operation(
    "earliest_day",
    stage="column",
    sentence="The earliest day of {sources}[, not before {not_before}][, not after {not_after}].",
    sources=Param("[shape:day_source]"),
    not_before=Param("variable", required=False),
    not_after=Param("[limit]", required=False),
    limit=Param("run:limit", required=False),
)
def earliest_day(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    sources: Sources,
    limit: Any,
    not_before: str | None = None,
    not_after: Sequence[str] = (),
) -> Derived:
    """The subject's earliest day over the sources, ``not_before`` included.

    A subject without the ``not_before`` date has none.
    """
    return _extreme(frame, tables, sources, "first", not_before, not_after, limit)


@operation(
    "latest_day",
    stage="column",
    sentence=(
        "The latest day of {sources}[, not before {not_before}][, not after {not_after}]"
        "[; a later day counts as {at_most}]."
    ),
    sources=Param("[shape:day_source]"),
    not_before=Param("variable", required=False),
    not_after=Param("[limit]", required=False),
    at_most=Param("limit", required=False),
    limit=Param("run:limit", required=False),
)
def latest_day(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    sources: Sources,
    limit: Any,
    not_before: str | None = None,
    not_after: Sequence[str] = (),
    at_most: str | None = None,
) -> Derived:
    """The subject's latest day over the sources that does not lie after the limits.

    A day after ``at_most`` is not passed over but counts as that day.
    """
    derived = _extreme(frame, tables, sources, "last", not_before, not_after, limit)
    if at_most is None:
        return derived
    top = limit(at_most, frame[SUBJECT])
    values = derived.values.where(~(derived.values > top), top)
    return Derived(values, derived.refs, derived.flags, derived.doubts)


def _extreme(
    frame: pd.DataFrame,
    tables: Tables,
    sources: Sources,
    which: str,
    not_before: str | None,
    not_after: Sequence[str],
    limit: Any,
) -> Derived:
    starts = None
    if not_before is not None:
        starts = frame.drop_duplicates(SUBJECT).set_index(SUBJECT)[not_before]

    def keep(subjects: pd.Series, days: pd.Series) -> np.ndarray:
        """Of each run of records of one subject, those of its first or last day in the limits."""
        begins, length = runs(subjects)
        heads = subjects.iloc[begins]
        day = days.to_numpy(dtype=float)
        inside = np.asarray(~np.isnan(day), dtype=bool)
        if starts is not None:
            inside &= day >= np.repeat(heads.map(starts).to_numpy(dtype=float), length)
        for name in not_after:
            inside &= ~(day > np.repeat(limit(name, heads).to_numpy(dtype=float), length))
        extreme = _is_extreme(np.where(inside, day, np.nan), begins, length, which)
        return np.asarray(inside & extreme)

    chosen = pick(dated_records(tables, sources, keep), which)
    values, refs, flags = (frame[SUBJECT].map(chosen[c]) for c in ("day", "ref", "flag"))
    refs, flags = texts(refs), texts(flags)
    iso = iso_of_days(values.astype(float)).str.slice(0, 7)
    doubt = _imputed(refs, iso, values, flags, "of the study")
    return Derived(values.astype(float), refs, flags, (doubt,))


def _is_extreme(day: np.ndarray, begins: np.ndarray, length: np.ndarray, which: str) -> np.ndarray:
    """Whether a day is the first or last of its run; a missing one never is."""
    if not len(begins):
        return np.zeros(len(day), dtype=bool)
    extreme = (np.fmin if which == "first" else np.fmax).reduceat(day, begins)
    return np.asarray(day == np.repeat(extreme, length))


@operation(
    "cutoff_day",
    stage="column",
    sentence="The data cut-off.",
    limit=Param("run:limit", required=False),
)
def cutoff_day(frame: pd.DataFrame, tables: Tables, *, limit: Any) -> Derived:
    """The data cut-off on every row."""
    return Derived(limit(CUTOFF, frame[SUBJECT]))


@operation(
    "relative_day",
    stage="column",
    sentence="Days from {start} to {date}, plus 1 on or after it; there is no day 0.",
    date=Param("variable"),
    start=Param("source"),
)
def relative_day(frame: pd.DataFrame, tables: Tables, *, date: str, start: str) -> Derived:
    """ADaM study day (ADaMIG 3.3.3): no day 0."""
    return Derived(without_day_zero(frame[date] - source_column(frame, tables, start)[0]))


@operation(
    "days_between",
    stage="column",
    sentence="Days from {start} to {end}, both included.",
    start=Param("variable"),
    end=Param("variable"),
)
def days_between(frame: pd.DataFrame, tables: Tables, *, start: str, end: str) -> Derived:
    """A duration in days, first and last day included."""
    return Derived(frame[end] - frame[start] + 1)
