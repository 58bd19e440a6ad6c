"""Operations on the rows of one record block: one source row in, one value out.

``rows`` holds the source's columns, its roles (``@subject`` ...) and, as ``=NAME``, the variables
that were mapped before. Text in, text out, empty where there is nothing; numbers are floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped, Problem, told
from cdisc_hai.metadata import Codelist, Recode, Visit
from cdisc_hai.metadata.choices import Cases, choose_cases, constant, texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.frames import each_text
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation


@operation(
    "assign",
    "collected",
    stage="row",
    sentence="{column}.",
    column=Param("column"),
)
def assign(rows: pd.DataFrame, *, column: str) -> Mapped:
    """The column as it is."""
    return Mapped(rows[column])


@operation(
    "copy",
    "copied",
    stage="row",
    sentence="Equal to {variable}.",
    variable=Param("variable"),
)
def copy(rows: pd.DataFrame, *, variable: str) -> Mapped:
    """A variable of the same record."""
    return Mapped(rows[variable])


@operation("hardcode", "assigned", stage="row", sentence="Set to {value}.", value=Param("any"))
def hardcode(rows: pd.DataFrame, *, value: Any) -> Mapped:
    """The same value on every row."""
    return Mapped(constant(rows, value))


@operation(
    "concat",
    stage="row",
    sentence='{columns} joined[ with "{separator}"].',
    columns=Param("[column]"),
    separator=Param("text", required=False),
)
def concat(rows: pd.DataFrame, *, columns: Sequence[str], separator: str = "") -> Mapped:
    """The columns joined; empty where every one of them is."""
    parts = [texts(rows[column]) for column in columns]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + separator + part
    filled = pd.concat([p.ne("") for p in parts], axis=1).any(axis=1)
    return Mapped(joined.where(filled, ""))


@operation(
    "assign_ct",
    "collected",
    stage="row",
    sentence="{column} recoded: {recode}.",
    column=Param("column"),
    recode=Param("recode"),
)
def assign_ct(rows: pd.DataFrame, *, column: str, recode: Recode) -> Mapped:
    """Collected code to controlled term, case and blanks forgiven; the rest is a finding."""
    table = {code.strip().casefold(): term for code, term in recode.terms.items()}
    codes, distinct = pd.factorize(texts(rows[column]), use_na_sentinel=False)
    folded = [str(text).strip().casefold() for text in distinct]
    terms = np.array([table.get(text, "") for text in folded] or [""], dtype=object)
    lost = np.array([bool(t) and t not in table for t in folded] or [False])
    if not len(rows):
        return Mapped(constant(rows, ""))
    unmapped = pd.Series(lost[codes], index=rows.index)
    problem = Problem(
        "MAP-UNMAPPED-CODE",
        "error",
        unmapped,
        told(unmapped, "'", rows[column], f"' is not in recode '{recode.name}'; left empty"),
        f"correct the code in the EDC system, or add it to recode '{recode.name}' ({recode.at})",
    )
    return Mapped(pd.Series(terms[codes], index=rows.index, dtype=object), (problem,))


@operation(
    "decode",
    "copied",
    stage="row",
    sentence="The decode of {variable} in codelist {codelist}.",
    variable=Param("variable"),
    codelist=Param("codelist"),
)
def decode(rows: pd.DataFrame, *, variable: str, codelist: Codelist) -> Mapped:
    """The decode of a term, so that code and decode come from one row of the codelist."""
    decodes = codelist.decodes
    return Mapped(each_text(rows[variable], lambda term: decodes.get(term, "")))


@operation(
    "cases",
    "chosen",
    stage="row",
    sentence="The first of these that fits: {cases}.",
    cases=Param("[shape:case]"),
)
def cases(rows: pd.DataFrame, *, cases: Cases) -> Mapped:
    """The value of the first case whose condition holds; a case without one always fits."""
    return Mapped(choose_cases(rows, cases))


@operation(
    "visit",
    "assigned",
    stage="row",
    sentence=(
        "The {what} of the visit of the schedule that {column}[, recoded: {recode},] names"
        "[, with the number in {repeat} where several have its name]."
    ),
    column=Param("column"),
    what=Param("text", choices=("name", "number", "planned")),
    recode=Param("recode", required=False),
    repeat=Param("column", required=False),
    number=Param("column", required=False),
    schedule=Param("study:visits", required=False),
)
def visit(
    rows: pd.DataFrame,
    *,
    column: str,
    what: str,
    schedule: Sequence[Visit],
    recode: Recode | None = None,
    repeat: str | None = None,
    number: str | None = None,
) -> Mapped:
    """Visit by its name in the schedule of study.yaml; an unknown one is a finding, and so is one
    whose collected ``number`` is that of another visit. ``repeat`` makes ``UNSCHEDULED 2`` of a
    name that is no visit by itself."""
    names = _visit_names(rows, column, schedule, recode, repeat)
    table: dict[str, Any] = {v.name.casefold(): _told(v, what) for v in schedule}
    found = each_text(names, lambda name: table.get(name.casefold(), np.nan))
    unknown = names.ne("") & found.isna() & (what == "name")
    problem = Problem(
        "MAP-UNKNOWN-VISIT",
        "error",
        unknown,
        told(unknown, "'", names, "' is no visit of the schedule"),
        "correct the folder, or add the visit to 'visits' in study.yaml",
    )
    if what == "number":
        return Mapped(found.astype(float))
    others = () if number is None else (_other_number(rows, names, number, schedule),)
    return Mapped(texts(found), (problem, *others))


def _visit_names(
    rows: pd.DataFrame,
    column: str,
    schedule: Sequence[Visit],
    recode: Recode | None,
    repeat: str | None,
) -> pd.Series:
    names = texts(rows[column]).str.strip()
    if recode is not None:
        terms = {code.strip().casefold(): term for code, term in recode.terms.items()}
        names = names.str.casefold().map(terms).fillna(names)
    if repeat is None:
        return names
    numbers = texts(rows[repeat]).str.strip()
    alone = names.str.casefold().isin([v.name.casefold() for v in schedule])
    return names.where(alone | names.eq("") | numbers.eq(""), names + " " + numbers)


def _other_number(
    rows: pd.DataFrame, names: pd.Series, number: str, schedule: Sequence[Visit]
) -> Problem:
    numbers = {v.name.casefold(): v.number for v in schedule}
    planned = each_text(names, lambda name: numbers.get(name.casefold(), np.nan)).astype(float)
    collected = as_numbers(rows[number])
    other = planned.notna() & collected.notna() & planned.ne(collected)
    named = names[other].str.casefold().str.upper()
    return Problem(
        "MAP-VISIT-NUMBER",
        "warning",
        other,
        told(other, "visit number ", rows[number], " is not that of visit '")
        + named
        + "'; the name is used",
        "correct the folder or its number in the EDC system",
    )


def _told(visit: Visit, what: str) -> Any:
    if what == "planned":
        return "Y" if visit.planned else ""
    return visit.name if what == "name" else visit.number


@operation(
    "run_cutoff",
    "assigned",
    stage="row",
    sentence="The data cut-off of the export.",
    day=Param("run:cutoff", required=False),
)
def run_cutoff(rows: pd.DataFrame, *, day: str) -> Mapped:
    """The cut-off date of this run."""
    return Mapped(constant(rows, day))


@operation(
    "flag_present",
    "collected",
    stage="row",
    sentence="{value} where {column} has a value.",
    column=Param("column"),
    value=Param("text", required=False),
)
def flag_present(rows: pd.DataFrame, *, column: str, value: str = "Y") -> Mapped:
    """A flag where a column has a value."""
    return Mapped(pd.Series(value, index=rows.index, dtype=object).where(present(rows[column]), ""))


@operation(
    "agree",
    stage="row",
    sentence="The value that {variables} share; {otherwise} where they differ.",
    variables=Param("[variable]"),
    otherwise=Param("any"),
)
def agree(rows: pd.DataFrame, *, variables: Sequence[str], otherwise: str) -> Mapped:
    """The value that the variables with a value share; another where they differ."""
    chosen = pd.Series("", index=rows.index, dtype=object)
    differ = pd.Series(False, index=rows.index)
    for name in variables:
        values = texts(rows[name])
        differ |= values.ne("") & chosen.ne("") & values.ne(chosen)
        chosen = chosen.where(chosen.ne(""), values)
    return Mapped(chosen.where(~differ, otherwise))


@operation(
    "range_indicator",
    stage="row",
    sentence="{terms} as {value} lies below, within or above the range from {low} to {high}.",
    value=Param("variable"),
    low=Param("variable"),
    high=Param("variable"),
    terms=Param("[text]"),
)
def range_indicator(
    rows: pd.DataFrame, *, value: str, low: str, high: str, terms: Sequence[str]
) -> Mapped:
    """Where a number lies in its reference range; ``terms`` name below, within and above."""
    number, lower, upper = rows[value], rows[low], rows[high]
    below, above = number < lower, number > upper
    within = number.notna() & ~below & ~above & (lower.notna() | upper.notna())
    found = pd.Series("", index=rows.index, dtype=object)
    for mask, term in zip((below, within, above), terms, strict=True):
        found = found.where(~mask, term)
    return Mapped(found)
