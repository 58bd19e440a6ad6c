"""Terms for terms, and numbers for terms by their place in a codelist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables, column
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation, template_names

_NAME = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@operation(
    "term_for",
    "assigned",
    stage="column",
    sentence="The text that stands for {variable}: {table}[; for any other {otherwise}].",
    variable=Param("variable"),
    table=Param("any"),
    otherwise=Param("text", required=False),
)
def term_for(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    table: Mapping[str, str],
    otherwise: str = "",
) -> Derived:
    """A text for a term; for one that the table does not have ``otherwise``, for none nothing."""
    terms = texts(frame[variable])
    found = terms.map({key: str(value) for key, value in table.items()})
    return Derived(found.where(found.notna(), terms.map(lambda t: otherwise if t else "")))


@operation(
    "characters_of",
    stage="column",
    sentence="Characters of {variable} from place {start}[, {length} of them].",
    variable=Param("variable"),
    start=Param("number"),
    length=Param("number", required=False),
)
def characters_of(
    frame: pd.DataFrame, tables: Tables, *, variable: str, start: int, length: int | None = None
) -> Derived:
    """A part of a text: from a place (1 is the first, a negative one counts from the end) on."""
    begin = int(start) - 1 if start > 0 else int(start)
    found = texts(frame[variable]).str.slice(begin)
    if length is not None:
        found = found.str.slice(0, int(length))
    return Derived(found.str.strip().astype(object))


@operation(
    "rank_of",
    "assigned",
    stage="column",
    sentence="The place of {variable} in codelist {codelist}, counted from {first}.",
    variable=Param("variable"),
    codelist=Param("codelist"),
    first=Param("number", required=False),
)
def rank_of(
    frame: pd.DataFrame, tables: Tables, *, variable: str, codelist: Any, first: int = 1
) -> Derived:
    """A number for a term by its place among the terms of its codelist (xxxN variables)."""
    places = {term: float(place) for place, term in enumerate(codelist.values, start=int(first))}
    return Derived(texts(frame[variable]).map(places).astype(float))


@operation(
    "text_of",
    stage="column",
    sentence="The text {template}.",
    template=Param("template"),
)
def text_of(frame: pd.DataFrame, tables: Tables, *, template: str) -> Derived:
    """A text with the values of variables in it: ``{LBTEST}[ ({LBSTRESU})]``.

    A part in square brackets is left out where a variable in it has no value; where one outside of
    them has none there is no text.
    """
    names = template_names(template)
    parts = [texts(column(frame, name)) for name in names]
    if not parts:
        return Derived(pd.Series(template, index=frame.index, dtype=object))
    keys = pd.MultiIndex.from_arrays(parts)
    codes, distinct = keys.factorize()
    made = [_filled(template, dict(zip(names, one, strict=True))) for one in distinct]
    found = np.array([*made, ""], dtype=object)[codes]
    return Derived(pd.Series(found, index=frame.index, dtype=object))


def _filled(template: str, values: Mapping[str, str]) -> str:
    def inner(text: str) -> str:
        names = template_names(text)
        if not all(values[name] for name in names):
            return ""
        return _NAME.sub(lambda found: values[found[1]], text)

    outside = template_names(_OPTIONAL.sub("", template))
    if not all(values[name] for name in outside):
        return ""
    told = _OPTIONAL.sub(lambda found: inner(found[1]), template)
    return _NAME.sub(lambda found: values[found[1]], told)
