"""Dated records of other datasets, stacked: what earliest, latest, events and flags choose from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.runs import begins
from cdisc_hai.derive.subjects import numbers
from cdisc_hai.metadata.choices import constant, texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import complete_day
from cdisc_hai.metadata.numbers import as_numbers

Tables = Mapping[str, pd.DataFrame]
SUBJECT = "USUBJID"
SEQUENCE = re.compile("[A-Z]{2}SEQ")
DAY = "@day."  # begins the name of the column with the days of a date
COLUMNS = (SUBJECT, "day", "flag", "ref", "dom", "var", "seq", "label", "value")


def column(table: pd.DataFrame, name: str) -> pd.Series:
    """A variable of a table; one that is not there is empty throughout."""
    if name in table.columns:
        return table[name]
    return pd.Series("", index=table.index, dtype=object)


def given(table: pd.DataFrame, name: str) -> pd.Series:
    """A variable of a table; KeyError where it is not there, unless there is no record either."""
    return column(table, name) if table.empty else table[name]


def days(table: pd.DataFrame, source: Mapping[str, Any]) -> tuple[pd.Series, pd.Series]:
    """SAS dates of a source's date, and imputation flags; a numeric date is taken as it is."""
    values = given(table, source["date"])
    if pd.api.types.is_numeric_dtype(values):
        own = column(table, f"@flag.{source['date']}")
        return _or_else(table, source, values.astype(float)), own
    imputer = source.get("impute")
    if imputer is not None:
        found, flags = imputer.complete(table[SUBJECT], values, _ended(table, source, imputer))
    else:
        found, flags = _known_day(table, source["date"]), constant(table, "")
    return _or_else(table, source, found), flags


def _or_else(table: pd.DataFrame, source: Mapping[str, Any], found: pd.Series) -> pd.Series:
    """Days, and where there is none that of the source's other date."""
    if not source.get("otherwise"):
        return found
    other = given(table, source["otherwise"])
    numeric = pd.api.types.is_numeric_dtype(other)
    days_of = other.astype(float) if numeric else _known_day(table, source["otherwise"])
    return found.where(found.notna(), days_of)


def _known_day(table: pd.DataFrame, name: str) -> pd.Series:
    """The days of complete dates, as they were read once for the whole table."""
    if f"{DAY}{name}" in table.columns:
        return table[f"{DAY}{name}"]
    return complete_day(given(table, name))


def _ended(table: pd.DataFrame, source: Mapping[str, Any], imputer: Any) -> pd.Series | None:
    """The days that a rule with ``unless_ended`` compares, where they stand in the same records."""
    dataset, _, name = imputer.rule.unless_ended.partition(".")
    return complete_day(column(table, name)) if name and dataset == source["dataset"] else None


Keep = Callable[[pd.Series, pd.Series], np.ndarray]
"""Which records of a source to keep, by their subjects and days."""


def dated_records(
    tables: Tables, sources: Sequence[Mapping[str, Any]], keep: Keep | None = None
) -> pd.DataFrame:
    """The records of all sources that have a day: one row each, in the order of the sources."""
    parts = [_of_source(tables, source, rank, keep) for rank, source in enumerate(sources)]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _of_source(
    tables: Tables, source: Mapping[str, Any], rank: int, keep: Keep | None
) -> pd.DataFrame:
    dataset = source["dataset"]
    # days first, with the columns that they need; the others of the records that stay
    names = (source["date"], source.get("otherwise"))
    dates = narrowed(tables[dataset], source.get("where"), names, source.get("impute"))
    found, flags = days(dates, source)
    kept = found.notna().to_numpy()
    if keep is not None:
        kept = kept & keep(dates[SUBJECT], found)
    table = _narrow(tables[dataset], source).loc[dates.index[kept]]
    found, flags = found[kept], flags[kept]
    traced = "SRCDOM" in table.columns and "@ref" in table.columns
    sequence = as_numbers(column(table, _sequence_name(dataset, table)))
    wide = _one_a_subject(table)
    return framed(
        {
            SUBJECT: table[SUBJECT],
            "day": found,
            "flag": flags,
            "ref": texts(table["@ref"]) + f":{source['date']}" if wide else table["@ref"],
            "dom": table["SRCDOM"] if traced else dataset,
            "var": table["SRCVAR"] if traced else source["date"],
            "seq": table["SRCSEQ"] if traced else sequence,
            "label": source.get("label") or "",
            "value": column(table, source["value"]) if source.get("value") else "",
            "rank": rank,
            "order": sequence,
        }
    )


def _narrow(table: pd.DataFrame, source: Mapping[str, Any]) -> pd.DataFrame:
    """A source with no more columns than it names, and those that trace and number records."""
    numbered = [name for name in table.columns if SEQUENCE.fullmatch(str(name))]
    traced = ("@wide", "SRCDOM", "SRCVAR", "SRCSEQ", "ASEQ", *numbered)
    return narrowed(table, None, (source.get("value"), *traced))


def narrowed(
    table: pd.DataFrame,
    where: Mapping[str, Any] | None,
    names: Sequence[str | None],
    impute: Any = None,
) -> pd.DataFrame:
    """The records for which a condition holds with these columns (tables are wide and long)."""
    unless = getattr(getattr(impute, "rule", None), "unless_ended", "")
    asked = {
        SUBJECT,
        "@ref",
        unless.rpartition(".")[2],
        *names,
        *(f"{kind}{n}" for n in names for kind in ("@flag.", DAY)),
    }
    kept = table[[name for name in table.columns if name in asked]]
    return kept[matches(table, where)] if where else kept


def _sequence_name(dataset: str, table: pd.DataFrame) -> str:
    """What numbers the records: --SEQ of the domain, else ASEQ or a --SEQ that was copied."""
    known = [f"{dataset}SEQ", "ASEQ", *(c for c in table.columns if SEQUENCE.fullmatch(str(c)))]
    return next((name for name in known if name in table.columns), "ASEQ")


def _one_a_subject(table: pd.DataFrame) -> bool:
    return "@wide" in table.columns


def pick(records: pd.DataFrame, which: str) -> pd.DataFrame:
    """A subject's first or last record by day; of equal ones the first source, then --SEQ, then
    the one that stands first."""
    codes, _ = numbers(records[SUBJECT])
    day, rank, order = (records[name].to_numpy(dtype=float) for name in ("day", "rank", "order"))
    rows = np.lexsort((order, rank, day if which == "first" else -day, codes))
    chosen: pd.DataFrame = records.iloc[rows[begins(codes[rows])]]
    return chosen.reset_index(drop=True)
