"""Derivations of one column: predecessors, choices, flags, numbers for terms, sequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.dates import source_column
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import SUBJECT, Tables, column, dated_records
from cdisc_hai.metadata.choices import Cases, choose_cases, constant, texts
from cdisc_hai.metadata.conditions import matches, present
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
    flags = column(frame, f"~{name}F").fillna("").astype(object) if name.endswith("DT") else None
    return Derived(column(frame, f"~{name}"), flags=flags)


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
)
def has_record(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    sources: Sequence[Mapping[str, Any]],
    yes: str = "Y",
    no: str = "N",
) -> Derived:
    """A flag for subjects with a record in any of the sources, from a day on if one is named."""
    found = pd.Series(False, index=frame.index)
    refs = pd.Series("", index=frame.index, dtype=object)
    for source in sources:
        records = _existing(frame, tables, source)
        first = records.drop_duplicates(SUBJECT).set_index(SUBJECT)["ref"]
        mine = frame[SUBJECT].map(first).astype(object).fillna("")
        refs = refs.where(refs.ne(""), mine)
        found |= mine.ne("")
    return Derived(found.map({True: yes, False: no}).astype(object), refs)


def _existing(frame: pd.DataFrame, tables: Tables, source: Mapping[str, Any]) -> pd.DataFrame:
    if "date" not in source:
        table = tables[source["dataset"]]
        table = table[matches(table, source.get("where") or {})]
        return pd.DataFrame({SUBJECT: table[SUBJECT], "ref": table["@ref"]})
    records = dated_records(tables, [source])
    for key, ahead in (("not_before", False), ("after", True)):
        if key in source:
            limits = frame.drop_duplicates(SUBJECT).set_index(SUBJECT)[source[key]]
            limit = records[SUBJECT].map(limits)
            records = records[records["day"] > limit] if ahead else records[records["day"] >= limit]
    return records


@operation(
    "worst_of_day",
    stage="column",
    sentence=(
        "{yes} on the record of each {date} whose {variable} stands last in the order {order}."
    ),
    variable=Param("variable"),
    date=Param("variable"),
    order=Param("any"),
    yes=Param("text", required=False),
)
def worst_of_day(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    date: str,
    order: Sequence[Any],
    yes: str = "Y",
) -> Derived:
    """Of several records of a subject on one day, the one whose value stands last in the order.

    Values that count alike stand in one list; of equal ones the lowest --SEQ counts. A record
    without a date or with a value outside the order never does.
    """
    ranks = {
        str(term): rank
        for rank, terms in enumerate(order)
        for term in (terms if isinstance(terms, list) else [terms])
    }
    rank = frame[variable].map(ranks)
    candidates = frame.assign(**{"@rank": rank})[rank.notna() & present(frame[date])]
    tie = [c for c in candidates.columns if c.startswith("^") and c.endswith("SEQ")]
    ordered = candidates.sort_values(
        [SUBJECT, date, "@rank", *tie], ascending=[True, True, False, *[True] * len(tie)],
        kind="stable",
    )  # fmt: skip
    chosen = ordered.drop_duplicates([SUBJECT, date]).index
    flags = np.where(frame.index.isin(chosen), yes, "")
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
    return Derived(frame[variable].map(codelist.decodes).fillna("").astype(object))
