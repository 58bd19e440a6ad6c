"""Derivations of one column: predecessors, choices, flags, numbers for terms, sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.dates import source_column
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.runs import begins, ranks
from cdisc_hai.derive.sources import SUBJECT, Tables, column, dated_records, given, narrowed
from cdisc_hai.derive.subjects import numbers, places, taken
from cdisc_hai.metadata.choices import Cases, choose_cases, constant, texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.registry import Param, operation


@operation("copy_of", "predecessor", stage="column", sentence="{source}.", source=Param("source"))
def copy_of(frame: pd.DataFrame, tables: Tables, *, source: str) -> Derived:
    """A variable of the record that the row is made of, or of the subject's record elsewhere."""
    values, refs = source_column(frame, tables, source)
    return Derived(values, refs)


@operation(
    "same_as",
    "copied",
    stage="column",
    sentence="Equal to {variable}.",
    variable=Param("variable"),
)
def same_as(frame: pd.DataFrame, tables: Tables, *, variable: str) -> Derived:
    """Another variable of the row."""
    return Derived(frame[variable], flags=frame.get(f"@flag.{variable}"))


@operation("value", "assigned", stage="column", sentence="Set to {value}.", value=Param("any"))
def value(frame: pd.DataFrame, tables: Tables, *, value: Any) -> Derived:
    """The same value on every row."""
    return Derived(constant(frame, value))


@operation(
    "record_value",
    "given",
    stage="column",
    sentence="{name} as the derivation of the parameter gives it.",
    name=Param("text"),
)
def record_value(frame: pd.DataFrame, tables: Tables, *, name: str) -> Derived:
    """A value that the derivation of the parameter's records gave; a date with its flag."""
    if f"~{name}" not in frame.columns and not frame.empty:
        raise ValueError(f"no derivation of the records gives '{name}', nor does an attribute")
    flags = texts(column(frame, f"~{name}F")) if name.endswith("DT") else None
    return Derived(given(frame, f"~{name}"), flags=flags)


@operation(
    "select",
    "chosen",
    stage="column",
    sentence="The first of these that fits: {cases}.",
    cases=Param("[shape:case]"),
)
def select(frame: pd.DataFrame, tables: Tables, *, cases: Cases) -> Derived:
    """The value of the first case whose condition holds."""
    return Derived(choose_cases(frame, cases))


@operation(
    "number_for",
    stage="column",
    sentence="The number that stands for {variable}: {table}.",
    variable=Param("variable"),
    table=Param("any"),
)
def number_for(
    frame: pd.DataFrame, tables: Tables, *, variable: str, table: Mapping[str, float]
) -> Derived:
    """A number for a term; a term that the table does not have is missing."""
    return Derived(
        texts(frame[variable]).map({k: float(v) for k, v in table.items()}).astype(float)
    )


@operation(
    "has_record",
    stage="column",
    sentence="{yes} where the subject has a record of {sources}, else {no}.",
    sources=Param("[shape:exists_source]"),
    yes=Param("text", required=False),
    no=Param("text", required=False),
    limit=Param("run:limit", required=False),
)
def has_record(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    sources: Sequence[Mapping[str, Any]],
    limit: Any,
    yes: str = "Y",
    no: str = "N",
) -> Derived:
    """A flag for subjects with a record in any of the sources, within days if some are named.

    ``not_before`` and ``after`` need a day; ``not_after`` leaves out what lies after it for sure:
    a partial date counts as its earliest day, and a record without a date stays.
    """
    refs = np.full(len(frame), "", dtype=object)
    for source in sources:
        whose, theirs = _existing(frame, tables, source, limit)
        waiting = np.flatnonzero(refs == "")
        rows = places(frame[SUBJECT].iloc[waiting], whose)
        refs[waiting] = texts(pd.Series(taken(theirs, rows)))
    values = np.array([no, yes], dtype=object)[(refs != "").astype(int)]
    return Derived(
        pd.Series(values, index=frame.index, dtype=object),
        pd.Series(refs, index=frame.index, dtype=object),
    )


_SIDES: dict[str, Callable[[pd.Series, pd.Series], pd.Series]] = {
    "not_before": lambda day, bound: day >= bound,
    "after": lambda day, bound: day > bound,
    "before": lambda day, bound: day < bound,
}


def _existing(
    frame: pd.DataFrame, tables: Tables, source: Mapping[str, Any], limit: Any
) -> tuple[pd.Series, pd.Series]:
    """The subjects of the records that count, and their references."""
    lower = [key for key in _SIDES if key in source]
    if "date" not in source and (lower or "not_after" in source):
        raise ValueError(f"a limit on records of {source['dataset']} needs their 'date'")
    names = (source.get("date"),) if not lower else tuple(tables[source["dataset"]].columns)
    table = narrowed(tables[source["dataset"]], source.get("where"), names)
    if "not_after" in source:
        top = limit(source["not_after"], table[SUBJECT])
        table = table[~(_earliest(column(table, source["date"])) > top)]
    if not lower:
        return table[SUBJECT], table["@ref"]
    records = dated_records({source["dataset"]: table}, [{**source, "where": {}}])
    for key in lower:
        rows = places(records[SUBJECT], frame[SUBJECT])
        limits = pd.Series(taken(frame[source[key]], rows), index=records.index)
        records = records[_SIDES[key](records["day"], limits)]
    return records[SUBJECT], records["ref"]


def _earliest(dates: pd.Series) -> pd.Series:
    """The first day that a date may mean; a number is a day already."""
    if pd.api.types.is_numeric_dtype(dates):
        return dates.astype(float)
    return day_bounds(dates)[0]


@operation(
    "worst_of_day",
    stage="column",
    sentence=(
        "{yes} on the record of each {date} whose {variable} stands last in the order {order}"
        "[; of equal ones that with the lowest {record}]."
    ),
    variable=Param("variable"),
    date=Param("variable"),
    order=Param("any"),
    record=Param("source", required=False),
    yes=Param("text", required=False),
)
def worst_of_day(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    date: str,
    order: Sequence[Any],
    record: str | None = None,
    yes: str = "Y",
) -> Derived:
    """Of several records of a subject on one day, the one whose value stands last in the order.

    Values that count alike stand in one list; of equal ones the lowest ``record`` number counts,
    then the lowest --SEQ. A record without a date or with a value outside the order never does.
    """
    places_of = {
        str(term): rank
        for rank, terms in enumerate(order)
        for term in (terms if isinstance(terms, list) else [terms])
    }
    rank = frame[variable].map(places_of).astype(float)
    number = np.nan if record is None else source_column(frame, tables, record)[0]
    ids = pd.to_numeric(pd.Series(number, index=frame.index), errors="coerce")
    ties = [ids, *(frame[c] for c in frame.columns if c.startswith("^") and c.endswith("SEQ"))]
    rows = np.flatnonzero((rank.notna() & present(frame[date])).to_numpy())
    groups = [numbers(frame[SUBJECT].iloc[rows])[0], ranks(frame[date].iloc[rows])]
    keys = [*groups, -rank.to_numpy()[rows], *(ranks(tie.iloc[rows]) for tie in ties)]
    ordered = np.lexsort(keys[::-1])
    first = np.logical_or.reduce([begins(key[ordered]) for key in groups])
    flags = np.full(len(frame), "", dtype=object)
    flags[rows[ordered[first]]] = yes
    return Derived(pd.Series(flags, index=frame.index, dtype=object))


@operation(
    "sequence_number",
    stage="column",
    sentence="Number of the record within the subject, in the order of the dataset.",
    keys=Param("keys", required=False),
)
def sequence_number(frame: pd.DataFrame, tables: Tables) -> Derived:
    """ASEQ: the rows are already in the dataset's order."""
    return Derived((frame.groupby(SUBJECT).cumcount() + 1).astype(float))


@operation(
    "decode_of",
    "assigned",
    stage="column",
    sentence="The decode of {variable} in codelist {codelist}.",
    variable=Param("variable"),
    codelist=Param("codelist"),
)
def decode_of(frame: pd.DataFrame, tables: Tables, *, variable: str, codelist: Any) -> Derived:
    """The decode of a term."""
    return Derived(texts(frame[variable].map(codelist.decodes)))
