"""Counts, sums and extremes over records: as a variable of the row, or as records of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from cdisc_hai.derive.merged import record_keys, row_keys
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import SUBJECT, Tables, column, given
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches, present
from cdisc_hai.registry import Param, operation

HOWS = ("sum", "mean", "median", "min", "max", "count", "distinct")


def _number(values: pd.Series) -> pd.Series:
    return pd.to_numeric(values, errors="coerce").astype(float)


def _text(values: pd.Series) -> pd.Series:
    return texts(values).where(present(values), None)


# A sum of which a part is not known is not known; the others pass over missing values.
_SUMMARIES: dict[str, Callable[[pd.Series, Any], pd.Series]] = {
    "sum": lambda v, by: _number(v).groupby(by, sort=False).sum(skipna=False),
    "mean": lambda v, by: _number(v).groupby(by, sort=False).mean(),
    "median": lambda v, by: _number(v).groupby(by, sort=False).median(),
    "min": lambda v, by: _number(v).groupby(by, sort=False).min(),
    "max": lambda v, by: _number(v).groupby(by, sort=False).max(),
    "count": lambda v, by: present(v).groupby(by, sort=False).sum().astype(float),
    "distinct": lambda v, by: _text(v).groupby(by, sort=False).nunique().astype(float),
}


@operation(
    "summary_of",
    stage="column",
    sentence=(
        "The {how} of {value} over the records of {dataset}[ for which {where}][ with {match}]."
    ),
    dataset=Param("dataset"),
    value=Param("variable_of"),
    how=Param("text", choices=HOWS),
    where=Param("where_of", required=False),
    match=Param("match", required=False),
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
) -> Derived:
    """A sum, mean, median, min, max, count or count of distinct values over a subject's records.

    Without any record the sum is missing like the others; counts are 0.
    """
    table = tables[dataset]
    table = table[matches(table, where or {})]
    names = [SUBJECT, *(match or {}).values()]
    keys = pd.Series(
        record_keys([given(table, name) for name in names], len(table)), index=table.index
    )
    made = _SUMMARIES[how](given(table, value), keys)
    found = pd.Series(made.reindex(row_keys(frame, match or {})).to_numpy(), index=frame.index)
    return Derived(found.fillna(0.0) if how in ("count", "distinct") else found.astype(float))


@operation(
    "summary_records",
    stage="records",
    sentence=(
        "One record a subject[ and {by}] over the records of {dataset}[ for which {where}]"
        "[; sums: {sum}][; means: {mean}][; medians: {median}][; lowest: {min}][; highest: {max}]"
        "[; numbers: {count}][; numbers of distinct values: {distinct}]."
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
    table = tables[dataset]
    table = table[matches(table, where or {}) & table[SUBJECT].isin(subjects[SUBJECT])]
    names = [SUBJECT, *by]
    keys = pd.Series(
        record_keys([given(table, name) for name in names], len(table)), index=table.index
    )
    first = ~keys.duplicated()
    frame = pd.DataFrame({name: given(table, name)[first] for name in names})
    order = keys[first].to_numpy()
    for how, values in hows.items():
        for new, theirs in values.items():
            found = _SUMMARIES[how](given(table, theirs), keys)
            frame[new] = found.reindex(order).to_numpy(dtype=float)
    return frame.assign(**{"@from": _joined(table, keys).reindex(order).to_numpy()})


def _joined(table: pd.DataFrame, keys: pd.Series) -> pd.Series:
    refs = column(table, "@ref").astype(object)
    return refs.groupby(keys, sort=False).agg(";".join) if len(refs) else refs
