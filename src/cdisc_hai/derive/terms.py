"""Terms for terms, and numbers for terms by their place in a codelist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import Tables
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation


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
