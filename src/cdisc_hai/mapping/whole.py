"""Operations on a whole SDTM dataset, when the datasets that it reads are there.

``frame`` is the dataset so far, ``tables`` the other datasets by name. Each gives a column
that is aligned with ``frame``; none sorts or changes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped
from cdisc_hai.metadata import Codelist
from cdisc_hai.metadata.choices import Cases, choose_cases, texts
from cdisc_hai.metadata.conditions import matches, present
from cdisc_hai.metadata.dates import complete_day, without_day_zero
from cdisc_hai.metadata.frames import columns_of, each_text, sorted_places, taken
from cdisc_hai.registry import Param, operation

Tables = Mapping[str, pd.DataFrame]
SUBJECT = "USUBJID"


@operation(
    "study_day",
    stage="whole",
    sentence="Days from {reference} to {variable}, plus 1 on or after it; there is no day 0.",
    variable=Param("variable"),
    reference=Param("source"),
)
def study_day(frame: pd.DataFrame, tables: Tables, *, variable: str, reference: str) -> Mapped:
    """--DY (SDTMIG 4.4.4): missing where either date is partial."""
    dataset, name = reference.split(".")
    table = tables[dataset].drop_duplicates(SUBJECT).set_index(SUBJECT)[name]
    start = frame[SUBJECT].map(complete_day(table))
    return Mapped(without_day_zero(complete_day(frame[variable]) - start))


@operation(
    "sequence",
    stage="whole",
    sentence="Number of the record within {by}, from 1, in the order of the dataset's keys.",
    by=Param("[variable]", required=False),
    keys=Param("keys", required=False),
)
def sequence(
    frame: pd.DataFrame, tables: Tables, *, keys: Sequence[str], by: Sequence[str] = (SUBJECT,)
) -> Mapped:
    """--SEQ: unique within a subject, by the keys, then the record number and the source."""
    by = [name for name in by if name in frame.columns]
    order = [*by, *(k for k in keys if k not in by and k in frame.columns)]
    tie = [name for name in ("@number", "@block", "@row") if name in frame.columns]
    places = sorted_places(frame, [*order, *tie])
    ranked = taken(columns_of(frame, by), places, frame.index.take(places))
    counted = (
        ranked.groupby(by).cumcount() + 1
        if by
        else pd.Series(np.arange(1, len(ranked) + 1), index=ranked.index)
    )
    return Mapped(counted.reindex(frame.index).astype(float))


@operation(
    "lookup",
    "copied",
    stage="whole",
    sentence=(
        "{value}, of the subject's record[ for which {where}][ with the same {match}]"
        "[; of several values the {pick} in order][ of {order}]."
    ),
    value=Param("source"),
    where=Param("where_value", required=False),
    match=Param("any", required=False),
    pick=Param("text", required=False, choices=("first", "last")),
    order=Param("[variable_value]", required=False),
)
def lookup(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    value: str,
    where: Mapping[str, Any] | None = None,
    match: Mapping[str, str] | None = None,
    pick: str = "first",
    order: Sequence[str] | None = None,
) -> Mapped:
    """A value of another dataset, matched by subject and by ``match`` (own variable to theirs).

    Of several records the ``first`` or ``last`` by ``order``, variables of theirs; without one the
    smallest or largest value, in text or number order.
    """
    dataset, name = value.split(".")
    pairs = {SUBJECT: SUBJECT, **(match or {})}
    table = tables[dataset]
    table = table[matches(table, where or {}) & present(table[name])]
    by = [*pairs.values(), *(order or (name,))]
    table = table.sort_values(by, ascending=pick == "first", kind="stable")
    table = table.drop_duplicates(list(pairs.values()))
    keys = pd.MultiIndex.from_frame(table[list(pairs.values())])
    wanted = pd.MultiIndex.from_frame(frame[list(pairs)])
    positions = keys.get_indexer(wanted)
    empty: Any = np.nan if pd.api.types.is_numeric_dtype(table[name]) else ""
    return Mapped(
        pd.Series(_at(table[name], positions, empty), index=frame.index, dtype=table[name].dtype),
        sources=pd.Series(_at(table["@src"], positions, ""), index=frame.index, dtype=object),
    )


def _at(values: pd.Series, positions: np.ndarray[Any, Any], empty: Any) -> Any:
    """The values at positions; ``empty`` where a position is below 0."""
    if not len(values):
        return [empty] * len(positions)
    return np.where(positions < 0, empty, values.to_numpy()[positions])


@operation(
    "earliest",
    stage="whole",
    sentence="The earliest of {sources}, compared as ISO 8601 text.",
    sources=Param("[shape:date_source]"),
)
def earliest(
    frame: pd.DataFrame, tables: Tables, *, sources: Sequence[Mapping[str, Any]]
) -> Mapped:
    """The smallest ISO 8601 text over the subject's records (a date without time sorts first)."""
    return _extreme(frame, tables, sources, ascending=True)


@operation(
    "latest",
    stage="whole",
    sentence="The latest of {sources}, compared as ISO 8601 text.",
    sources=Param("[shape:date_source]"),
)
def latest(frame: pd.DataFrame, tables: Tables, *, sources: Sequence[Mapping[str, Any]]) -> Mapped:
    """The largest ISO 8601 text over the subject's records."""
    return _extreme(frame, tables, sources, ascending=False)


def _extreme(
    frame: pd.DataFrame,
    tables: Tables,
    sources: Sequence[Mapping[str, Any]],
    *,
    ascending: bool,
) -> Mapped:
    stacked = []
    for source in sources:
        table = tables[source["dataset"]]
        name = source["date"]
        rows = table[matches(table, source.get("where") or {}) & present(table[name])]
        stacked.append(rows[[SUBJECT, name, "@src"]].rename(columns={name: "date"}))
    dates = pd.concat(stacked, ignore_index=True)
    best = dates.sort_values(["date", "@src"], ascending=[ascending, True], kind="stable")
    if SUBJECT not in frame.columns:  # a trial dataset: over all subjects
        overall = best[["date", "@src"]].iloc[0] if len(best) else ("", "")
        date, line = (pd.Series(value, index=frame.index, dtype=object) for value in overall)
        return Mapped(date, sources=line)
    table = best.drop_duplicates(SUBJECT).set_index(SUBJECT)
    values, lines = (
        frame[SUBJECT].map(table[c].astype(object)).astype(object) for c in ("date", "@src")
    )
    return Mapped(values.where(values.notna(), ""), sources=lines.where(lines.notna(), ""))


@operation(
    "exists",
    stage="whole",
    sentence="{value} where the subject has a record of {dataset}[ for which {where}].",
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    value=Param("text", required=False),
)
def exists(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    dataset: str,
    where: Mapping[str, Any] | None = None,
    value: str = "Y",
) -> Mapped:
    """A flag for subjects with a record in another dataset."""
    table = tables[dataset]
    table = table[matches(table, where or {})].drop_duplicates(SUBJECT).set_index(SUBJECT)
    lines = frame[SUBJECT].map(table["@src"].astype(object)).astype(object)
    return Mapped(
        frame[SUBJECT].isin(table.index).map({True: value, False: ""}).astype(object),
        sources=lines.where(lines.notna(), ""),
    )


@operation(
    "choose",
    "chosen",
    stage="whole",
    sentence="The first of these that fits: {cases}.",
    cases=Param("[shape:case]"),
)
def choose(frame: pd.DataFrame, tables: Tables, *, cases: Cases) -> Mapped:
    """As ``cases``, on the variables of the whole dataset."""
    return Mapped(choose_cases(frame, cases))


@operation(
    "first_present",
    "copied",
    stage="whole",
    sentence="The first of {variables} that has a value.",
    variables=Param("[variable]"),
)
def first_present(frame: pd.DataFrame, tables: Tables, *, variables: Sequence[str]) -> Mapped:
    """The first of several variables that is not empty."""
    chosen = frame[variables[0]]
    for name in variables[1:]:
        chosen = chosen.where(present(chosen), frame[name])
    return Mapped(chosen)


@operation(
    "next_value",
    stage="whole",
    sentence="{variable} of the subject's next record.",
    variable=Param("variable"),
)
def next_value(frame: pd.DataFrame, tables: Tables, *, variable: str) -> Mapped:
    """The value of the subject's next record, in the order of the variable itself."""
    ordered = frame.sort_values([SUBJECT, variable], kind="stable")
    following = ordered.groupby(SUBJECT)[variable].shift(-1)
    return Mapped(texts(following.reindex(frame.index)))


@operation(
    "baseline_flag",
    stage="whole",
    sentence=(
        "Y on the last record by {date} before {reference} that has a value of {result}"
        "[, of those for which {where}]; one a subject and {by}."
    ),
    date=Param("variable"),
    result=Param("variable"),
    by=Param("[variable]"),
    reference=Param("source"),
    where=Param("where", required=False),
)
def baseline_flag(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    date: str,
    result: str,
    by: Sequence[str],
    reference: str,
    where: Mapping[str, Any] | None = None,
) -> Mapped:
    """--LOBXFL: last record with a result before the reference, as ISO 8601 text; a date equal
    to the reference's day and without a time counts as before. One a subject and group."""
    dataset, name = reference.split(".")
    start = texts(frame[SUBJECT].map(tables[dataset].set_index(SUBJECT)[name]))
    dates = frame[date]
    full = complete_day(dates).notna()
    # a day without a time is before a dose of that day, whether or not the dose has a time
    before = (dates < start) | dates.eq(each_text(start, lambda text: text[: len("YYYY-MM-DD")]))
    before &= full & start.ne("") & present(frame[result])
    before &= matches(frame, where or {})
    tie = [t for t in ("@number", "@row") if t in frame.columns]
    needed = columns_of(frame, dict.fromkeys((SUBJECT, *by, *tie)))
    candidates = needed[before].assign(**{"@place": dates})
    ordered = candidates.sort_values(["@place", *tie], kind="stable")
    last = ordered.drop_duplicates([SUBJECT, *by], keep="last").index
    return Mapped(
        pd.Series(np.where(frame.index.isin(last), "Y", ""), index=frame.index, dtype=object)
    )


@operation(
    "count_subjects",
    stage="whole",
    sentence="The number of subjects with a record of {dataset}[ for which {where}].",
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
)
def count_subjects(
    frame: pd.DataFrame, tables: Tables, *, dataset: str, where: Mapping[str, Any] | None = None
) -> Mapped:
    """How many subjects have such a record, as text (for trial summary)."""
    table = tables[dataset]
    number = table.loc[matches(table, where or {}), SUBJECT].nunique()
    return Mapped(pd.Series(str(number), index=frame.index, dtype=object))


@operation(
    "decode_whole",
    "copied",
    stage="whole",
    sentence="The decode of {variable} in codelist {codelist}.",
    variable=Param("variable"),
    codelist=Param("codelist"),
)
def decode_whole(
    frame: pd.DataFrame, tables: Tables, *, variable: str, codelist: Codelist
) -> Mapped:
    """As ``decode``, for a variable that is made when the whole dataset is there."""
    decodes = codelist.decodes
    return Mapped(each_text(frame[variable], lambda term: decodes.get(term, "")))


@operation(
    "age_at",
    stage="whole",
    sentence=(
        "Completed years from {birth} to {at}; a birth date without day is taken at day {day}, one "
        "without month at the first day of month {month}."
    ),
    birth=Param("variable"),
    at=Param("variable"),
    day=Param("number"),
    month=Param("number"),
)
def age_at(
    frame: pd.DataFrame, tables: Tables, *, birth: str, at: str, day: int, month: int
) -> Mapped:
    """Completed years between two ISO 8601 dates; a birth date without day is taken at ``day`` of
    its month, one without month at the first of ``month``. Missing where ``at`` is partial."""
    born = frame[birth].astype(object).str.extract(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
    born = born.astype(float)
    born[2] = born[2].fillna(born[1].notna().map({True: float(day), False: 1.0}))
    born[1] = born[1].fillna(float(month))
    then = frame[at].astype(object).str.extract(r"^(\d{4})-(\d\d)-(\d\d)").astype(float)
    before = (then[1] < born[1]) | ((then[1] == born[1]) & (then[2] < born[2]))
    return Mapped(then[0] - born[0] - before.astype(float))
