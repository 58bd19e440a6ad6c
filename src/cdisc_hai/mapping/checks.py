"""Checks that a spec asks of a dataset's records: each gives the mask of those that fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches, present
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.registry import Param, operation

Tables = Mapping[str, pd.DataFrame]
SUBJECT = "USUBJID"


@operation(
    "in_dataset",
    stage="check",
    sentence="{variable} of the subject is there as {source}.",
    variable=Param("variable"),
    source=Param("source"),
)
def in_dataset(frame: pd.DataFrame, tables: Tables, *, variable: str, source: str) -> pd.Series:
    """Records whose value no record of the subject in the other dataset has."""
    dataset, name = source.split(".")
    other = tables[dataset]
    known = pd.MultiIndex.from_arrays([other[SUBJECT], other[name]]) if len(other) else None
    if known is None:
        return present(frame[variable])
    mine = pd.MultiIndex.from_arrays([frame[SUBJECT], frame[variable]])
    return present(frame[variable]) & ~pd.Series(mine.isin(known), index=frame.index)


@operation(
    "is_present", stage="check", sentence="{variable} has a value.", variable=Param("variable")
)
def is_present(frame: pd.DataFrame, tables: Tables, *, variable: str) -> pd.Series:
    """Records without a value."""
    return ~present(frame[variable])


@operation(
    "not_below",
    stage="check",
    sentence="{variable} is not below {limit}.",
    variable=Param("variable"),
    limit=Param("number"),
)
def not_below(frame: pd.DataFrame, tables: Tables, *, variable: str, limit: float) -> pd.Series:
    """Records whose number is below the limit."""
    return pd.to_numeric(frame[variable], errors="coerce") < limit


@operation(
    "not_before",
    stage="check",
    sentence="{variable} is not before {start}.",
    variable=Param("variable"),
    start=Param("either"),
)
def not_before(frame: pd.DataFrame, tables: Tables, *, variable: str, start: str) -> pd.Series:
    """Records whose date ends, at its latest day, before the other begins at its earliest; that is
    another date of the record, or (``DM.RFICDTC``) of the subject."""
    return _earlier(frame[variable], date_of(frame, tables, start))


def date_of(frame: pd.DataFrame, tables: Tables, name: str) -> pd.Series:
    """A date of each record, or (``DM.RFICDTC``) of its subject: the first that there is."""
    if "." not in name:
        return frame[name]
    dataset, variable = name.split(".")
    of_subject = tables[dataset].drop_duplicates(SUBJECT).set_index(SUBJECT)[variable]
    return texts(frame[SUBJECT].map(of_subject))


def _earlier(one: pd.Series, other: pd.Series) -> pd.Series:
    """Surely earlier: by day, and where both have a time as exactly as both tell it."""
    both = one.str.contains("T", regex=False) & other.str.contains("T", regex=False)
    sooner = day_bounds(one)[1] < day_bounds(other)[0]
    pairs = zip(one[both], other[both], strict=True)
    timed = pd.Series([a[: len(b)] < b[: len(a)] for a, b in pairs], index=one.index[both])
    return sooner | timed.reindex(one.index, fill_value=False).astype(bool)


@operation(
    "not_after",
    stage="check",
    sentence="{variable} is not after {source} of the subject.",
    variable=Param("variable"),
    source=Param("source"),
)
def not_after(frame: pd.DataFrame, tables: Tables, *, variable: str, source: str) -> pd.Series:
    """Records dated surely after a date of the subject, such as the death date."""
    return day_bounds(frame[variable])[0] > day_bounds(date_of(frame, tables, source))[1]


@operation(
    "none_of",
    stage="check",
    sentence="{variable} is none of {values}.",
    variable=Param("variable"),
    values=Param("[any]"),
)
def none_of(
    frame: pd.DataFrame, tables: Tables, *, variable: str, values: Sequence[object]
) -> pd.Series:
    """Records whose value is one of these."""
    return matches(frame, {variable: list(values)})


@operation(
    "reads_as_number",
    stage="check",
    sentence="{variable} is a number, or one that lies beyond a limit.",
    variable=Param("variable"),
)
def reads_as_number(frame: pd.DataFrame, tables: Tables, *, variable: str) -> pd.Series:
    """Records with a text that is no number, also not behind ``<``, ``>``, ``<=`` or ``>=``."""
    values = texts(frame[variable])
    plain = values.str.replace(r"^\s*[<>]=?\s*", "", regex=True)
    return values.ne("") & pd.to_numeric(plain, errors="coerce").isna()


@operation(
    "one_to_one",
    stage="check",
    sentence="Each of {variables} has one other.",
    variables=Param("[variable]"),
)
def one_to_one(frame: pd.DataFrame, tables: Tables, *, variables: Sequence[str]) -> pd.Series:
    """Records in which one variable has several partners in the other."""
    first, second = variables
    pairs = frame[[first, second]].drop_duplicates()
    many = pairs[first].duplicated(keep=False) | pairs[second].duplicated(keep=False)
    bad = pd.MultiIndex.from_frame(pairs[many])
    return pd.Series(pd.MultiIndex.from_frame(frame[[first, second]]).isin(bad), index=frame.index)


@operation(
    "known_to",
    stage="check",
    sentence="{variable} is known to its {part}.",
    variable=Param("variable"),
    part=Param("text", choices=("year", "month", "day")),
)
def known_to(frame: pd.DataFrame, tables: Tables, *, variable: str, part: str) -> pd.Series:
    """Records whose ISO 8601 date is absent or lacks the part."""
    pattern = {"year": r"^\d{4}", "month": r"^\d{4}-\d\d", "day": r"^\d{4}-\d\d-\d\d"}[part]
    return ~frame[variable].astype(object).str.match(pattern)
