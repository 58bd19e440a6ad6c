"""Operations that take a text apart."""

from __future__ import annotations

import pandas as pd

from cdisc_hai.mapping.result import Mapped, Problem
from cdisc_hai.mapping.result import told as message
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.frames import each_text
from cdisc_hai.registry import Param, operation


@operation(
    "substring",
    "collected",
    stage="row",
    sentence="Characters of {column} from place {start}[, {length} of them].",
    column=Param("column"),
    start=Param("number"),
    length=Param("number", required=False),
)
def substring(rows: pd.DataFrame, *, column: str, start: int, length: int | None = None) -> Mapped:
    """Characters from a place (1 is the first; a negative one counts from the end) to the end, or
    so many of them; blanks at either end are taken off."""
    begin = int(start) - 1 if start > 0 else int(start)
    values = texts(rows[column]).str.slice(begin)
    if length is not None:
        values = values.str.slice(0, int(length))
    return Mapped(values.str.strip().astype(object))


@operation(
    "split",
    "collected",
    stage="row",
    sentence='Part {part} of {column}, parted by "{separator}".',
    column=Param("column"),
    separator=Param("text"),
    part=Param("number"),
    told=Param("flag", required=False),
)
def split(
    rows: pd.DataFrame, *, column: str, separator: str, part: int, told: bool = False
) -> Mapped:
    """One part of a text, from 1 (a negative one counts from the end); empty where there is none.

    ``told`` makes a text that has other parts than this one a finding when the part is not there.
    """
    place = int(part) - 1 if part > 0 else int(part)
    source = texts(rows[column])
    values = each_text(source, lambda text: _part(text.split(separator), place))
    lost = source.ne("") & values.isna() & told
    problem = Problem(
        "MAP-NO-PART",
        "error",
        lost,
        message(lost, "'", source, f"' has no part {int(part)} by '{separator}'; left empty"),
        "correct the value in the EDC system",
    )
    return Mapped(texts(values).str.strip().astype(object), (problem,))


def _part(parts: list[str], place: int) -> str | None:
    return parts[place] if -len(parts) <= place < len(parts) else None


@operation(
    "replace",
    "collected",
    stage="row",
    sentence='{column} with "{find}" replaced by "{by}".',
    column=Param("column"),
    find=Param("text"),
    by=Param("text"),
)
def replace(rows: pd.DataFrame, *, column: str, find: str, by: str) -> Mapped:
    """A text in which another, wherever it stands, is replaced."""
    return Mapped(texts(rows[column]).str.replace(find, by, regex=False).astype(object))


@operation(
    "upper",
    "collected",
    stage="row",
    sentence="{column} in capital letters.",
    column=Param("column"),
)
def upper(rows: pd.DataFrame, *, column: str) -> Mapped:
    """A text in capital letters, several blanks in a row as one."""
    values = texts(rows[column]).str.upper().str.replace(r"\s+", " ", regex=True)
    return Mapped(values.str.strip().astype(object))
