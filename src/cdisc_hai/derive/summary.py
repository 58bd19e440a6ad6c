"""Counts, sums and extremes over records: as a variable of the row, or as records of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.merged import matched
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.refs import joined
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.so_far import so_far
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days, given, narrowed
from cdisc_hai.derive.subjects import among, first_rows, taken
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation

HOWS = ("sum", "mean", "median", "min", "max", "count", "distinct", "list")
_COUNTS = ("count", "distinct")


def _distinct(values: pd.Series, by: np.ndarray) -> pd.Series:
    codes, every = pd.factorize(texts(values).to_numpy(dtype=object))
    codes = np.where(np.append(every, "")[codes] == "", np.nan, codes)
    return pd.Series(codes, index=values.index).groupby(by, sort=False).nunique().astype(float)


def _listed(values: pd.Series, by: np.ndarray) -> pd.Series:
    """The distinct texts of each group in their order, joined by commas."""
    told = pd.DataFrame({"key": by, "text": texts(values).to_numpy()})
    told = told[told["text"].ne("")].drop_duplicates().sort_values("text", kind="stable")
    return told.groupby("key", sort=False)["text"].agg(", ".join)


# A sum of which a part is not known is not known; the others pass over missing values.
_SUMMARIES: dict[str, Callable[[pd.Series, Any], pd.Series]] = {
    "sum": lambda v, by: as_numbers(v).groupby(by, sort=False).sum(skipna=False),
    "mean": lambda v, by: as_numbers(v).groupby(by, sort=False).mean(),
    "median": lambda v, by: as_numbers(v).groupby(by, sort=False).median(),
    "min": lambda v, by: as_numbers(v).groupby(by, sort=False).min(),
    "max": lambda v, by: as_numbers(v).groupby(by, sort=False).max(),
    "count": lambda v, by: present(v).groupby(by, sort=False).sum().astype(float),
    "distinct": _distinct,
    "list": _listed,
}


@operation(
    "summary_of",
    stage="column",
    sentence=(
        "The {how} of {value} over the records of {dataset}[ for which {where}][ with {match}]"
        "[, dated by {date} on or before {not_after}][, dated by {date} before {before}]"
        "[, dated by {date} on or after {not_before}][, dated by {date} after {after}]."
    ),
    dataset=Param("dataset"),
    value=Param("variable_of"),
    how=Param("text", choices=HOWS),
    where=Param("where_of", required=False),
    match=Param("match", required=False),
    date=Param("variable_of", required=False),
    impute=Param("imputation", required=False),
    not_after=Param("variable", required=False),
    before=Param("variable", required=False),
    not_before=Param("variable", required=False),
    after=Param("variable", required=False),
)
def summary_of(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    dataset: str,
    value: str,
    how: str,
    where: Mapping[str, Any] | None = None,
    match: Mapping[str, str] | None = None,
    date: str | None = None,
    impute: Any = None,
    **limits: str,
) -> Derived:
    """A sum, mean, median, min, max, count, count or list of distinct values over records.

    Without any record the sum is missing like the others; counts are 0. With a date limit of the
    row only the records on the allowed side of it are summed up.
    """
    names = [SUBJECT, *(match or {}).values()]
    table = narrowed(tables[dataset], where, (*names, value, date), impute)
    own, theirs = matched([frame[name] for name in (SUBJECT, *(match or {}))],
                          [given(table, name) for name in names])  # fmt: skip
    if date is None:
        if limits:
            raise ValueError(f"'{next(iter(limits))}' needs 'date', which it limits")
        groups, keys = pd.factorize(theirs)
        each = _SUMMARIES[how](given(table, value), groups).reindex(range(len(keys)))
        made = taken(each, pd.Index(keys).get_indexer(pd.Index(own)))
    else:
        if not limits:
            raise ValueError("'date' needs a limit: not_after, before, not_before or after")
        source = {"dataset": dataset, "date": date, "impute": impute}
        records = pd.DataFrame(
            {"key": theirs, "value": given(table, value), "day": days(table, source)[0]}
        )
        made = so_far(frame, own, records, how, limits)
    return Derived(_written(pd.Series(made, index=frame.index), how))


def _written(found: pd.Series, how: str) -> pd.Series:
    if how == "list":
        return found.astype(object).where(found.notna(), "")
    return found.fillna(0.0) if how in _COUNTS else found.astype(float)


@operation(
    "summary_records",
    stage="records",
    sentence=(
        "One record a subject[ and {by}] over the records of {dataset}[ for which {where}]"
        "[; sums: {sum}][; means: {mean}][; medians: {median}][; lowest: {min}][; highest: {max}]"
        "[; numbers: {count}][; numbers of distinct values: {distinct}]"
        "[; lists of distinct values: {list}]."
    ),
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    by=Param("[variable_of]", required=False),
    **{how: Param("{variable_of}", required=False) for how in HOWS},
)
def summary_records(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    where: Mapping[str, Any] | None = None,
    by: Sequence[str] = (),
    **hows: Mapping[str, str],
) -> pd.DataFrame:
    """One record for each subject (and group) that has any.

    Each way of summing maps what it makes to what it reads: with ``sum: {AVAL: EXDOSE}`` AVAL is
    the sum of EXDOSE.
    """
    names = [SUBJECT, *by]
    read = [theirs for values in hows.values() for theirs in values.values()]
    table = narrowed(tables[dataset], where, (*names, *read))
    table = table[among(table[SUBJECT], subjects[SUBJECT])]
    parts = [given(table, name) for name in names]
    groups, first = _groups(matched(parts, parts)[0])
    frame = pd.DataFrame({name: given(table, name).iloc[first] for name in names})
    for how, values in hows.items():
        for new, theirs in values.items():
            found = _SUMMARIES[how](given(table, theirs), groups).reindex(range(len(first)))
            frame[new] = _written(found, how).to_numpy() if how == "list" else found.to_numpy(float)
    return frame.assign(**{"@from": joined(column(table, "@ref"), groups)})


def _groups(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The number of each row's group, in the order in which groups appear, and their first rows."""
    groups, distinct = pd.factorize(keys)
    return groups, first_rows(groups, len(distinct))[:-1]
