"""Derivations of dates; days are SAS dates, counted from 1960-01-01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.impute import Imputer
from cdisc_hai.derive.refs import RefDtype
from cdisc_hai.derive.result import Derived, Doubt
from cdisc_hai.derive.sources import DAY, SUBJECT, Tables, column, dated_records, given, pick
from cdisc_hai.derive.subjects import alike, first_rows, places, taken
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
    table = tables[dataset]
    if f"^{dataset}.{SUBJECT}" in frame.columns:  # made after the frame has taken its records
        return pd.Series(_of_own_record(frame, table, name), index=frame.index), frame["@from"]
    rows = places(frame[SUBJECT], table[SUBJECT])
    values, refs = (taken(those, rows) for those in (given(table, name), column(table, "@ref")))
    return pd.Series(values, index=frame.index), pd.Series(refs, index=frame.index)


def _complete_days(frame: pd.DataFrame, iso: pd.Series, source: str) -> pd.Series:
    """The days of complete dates; those of the frame's own records were read with their table."""
    dataset, name = source.split(".")
    known = f"^{dataset}.{DAY}{name}"
    return frame[known] if known in frame.columns else complete_day(iso)


def _of_own_record(frame: pd.DataFrame, table: pd.DataFrame, name: str) -> Any:
    """Values of the records that the frame came from, by their references."""
    own, theirs = (
        refs.array.numbers if isinstance(refs.dtype, RefDtype) else texts(refs).to_numpy()
        for refs in (frame["@from"], table["@ref"])
    )
    return taken(given(table, name), pd.Index(theirs).get_indexer(pd.Index(own)))


def day_column(frame: pd.DataFrame, tables: Tables, name: str) -> pd.Series:
    """Days of a variable of the row, or of ``DATASET.VARIABLE``."""
    if "." in name:
        return source_column(frame, tables, name)[0].astype(float)
    found: pd.Series = frame[name]
    return found


def _imputed(
    refs: pd.Series,
    iso: pd.Series,
    days: pd.Series,
    flags: pd.Series,
    rule: str,
    variable: str = "",
) -> Doubt:
    rows = flags.ne("")
    told = [
        f"{text} is taken as {iso_of_day(day)} by imputation '{rule}'"
        for text, day in zip(iso[rows], days[rows], strict=True)
    ]
    of = f":{variable}" if variable else ""
    own = [ref and ref + of for ref in texts(refs[rows])]
    return Doubt("ADAM-DATE-IMPUTED", "warning", told, own, "complete the date in the EDC system")


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
        days, flags = _complete_days(frame, iso, source), None
    else:
        ended = impute.rule.unless_ended
        end = complete_day(source_column(frame, tables, ended)[0]) if ended else None
        days, flags = impute.complete(frame[SUBJECT], iso, end)
    for name in not_after:
        days = days.where(~(days > limit(name, frame[SUBJECT])))
    if impute is not None and flags is not None:
        flags = flags.where(days.notna(), "")
        doubts = (_imputed(refs, iso, days, flags, impute.rule.name, source.split(".")[1]),)
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
    own = frame[SUBJECT]
    starts = None if not_before is None else frame[not_before].to_numpy(dtype=float)
    ends = [limit(name, own).to_numpy(dtype=float) for name in not_after]

    def keep(subjects: pd.Series, days: pd.Series) -> np.ndarray:
        """Of the records of each subject those of its first or last day in the limits."""
        mine, codes, count = alike(own, subjects)
        first, day = first_rows(mine, count), days.to_numpy(dtype=float)
        inside = ~np.isnan(day)
        if starts is not None:
            inside &= day >= np.append(starts, np.nan)[first][codes]
        for end in ends:
            inside &= ~(day > np.append(end, np.nan)[first][codes])
        return np.asarray(inside & _is_extreme(day, codes, inside, count, which))

    chosen = pick(dated_records(tables, sources, keep), which)
    rows = places(own, chosen[SUBJECT])
    values, refs, flags = (
        pd.Series(taken(chosen[name], rows), index=frame.index) for name in ("day", "ref", "flag")
    )
    refs, flags = texts(refs), texts(flags)
    doubt = _imputed(refs, iso_of_days(values).str.slice(0, 7), values, flags, "of the study")
    return Derived(values, refs, flags, (doubt,))


def _is_extreme(
    day: np.ndarray, codes: np.ndarray, inside: np.ndarray, count: int, which: str
) -> np.ndarray:
    """Whether a day is the first or last of its subject's that lie inside."""
    extreme = np.full(count + 1, np.inf if which == "first" else -np.inf)
    where = np.flatnonzero(inside)
    (np.minimum if which == "first" else np.maximum).at(extreme, codes[where], day[where])
    return np.asarray(day == extreme[codes])


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
    start=Param("either"),
)
def relative_day(frame: pd.DataFrame, tables: Tables, *, date: str, start: str) -> Derived:
    """ADaM study day (ADaMIG 3.3.3): no day 0."""
    return Derived(without_day_zero(frame[date] - day_column(frame, tables, start)))


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
