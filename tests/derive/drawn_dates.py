"""Frames read from drawn tables, and frames compared with drawn tables.

``X`` is text, ``X#`` a number and ``X@`` a date, typed as ISO 8601 and held as a SAS date. An
empty cell is a missing value. ``@ref`` is given to a table that does not draw it: ``RS:1``, ...
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable

import pandas as pd

SAS_EPOCH = datetime.date(1960, 1, 1)


def day(iso: str) -> float:
    """A SAS date; NaN for an empty text."""
    return float((datetime.date.fromisoformat(iso) - SAS_EPOCH).days) if iso else math.nan


def _cells(text: str) -> list[list[str]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line]


def _read(kind: str, cell: str) -> object:
    if kind == "@":
        return day(cell)
    if kind == "#":
        return float(cell) if cell else math.nan
    return cell


def frame(text: str, name: str = "") -> pd.DataFrame:
    """The frame that is drawn; with a ``name`` its rows are numbered in ``@ref``."""
    header, *rows = _cells(text)
    kinds = [title[-1] if title[-1] in "#@" else "" for title in header]
    titles = [title.rstrip("#@") for title in header]
    found = pd.DataFrame(
        {
            title: pd.Series(
                [_read(kind, row[at]) for row in rows], dtype=float if kind else object
            )
            for at, (title, kind) in enumerate(zip(titles, kinds, strict=True))
        }
    )
    if name and "@ref" not in found:
        found["@ref"] = pd.Series([f"{name}:{n + 1}" for n in range(len(found))], dtype=object)
    return found


def _written(kind: str, value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if kind == "@":
        return (SAS_EPOCH + datetime.timedelta(days=int(value))).isoformat()  # type: ignore[call-overload]  # a SAS date
    if kind == "#":
        return f"{float(value):g}"  # type: ignore[arg-type]  # a number
    return str(value)


def same(found: pd.DataFrame, text: str) -> None:
    """The columns that are drawn hold what is drawn, row by row."""
    header, *rows = _cells(text)
    columns = [found[title.rstrip("#@")] for title in header]
    seen = [
        [
            _written(title[-1], value)
            for title, value in zip(header, (column.iloc[n] for column in columns), strict=True)
        ]
        for n in range(len(found))
    ]
    wanted, got = _drawn([header, *rows]), _drawn([header, *seen])
    assert got == wanted, f"drawn:\n{wanted}\nfound:\n{got}"


def _drawn(table: list[list[str]]) -> str:
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in table
    )


def limits(tables: dict[str, pd.DataFrame]) -> Callable[[str, pd.Series], pd.Series]:
    """Days by ``ADSL.DTHDT`` and a column of subjects, from drawn tables of one row a subject."""

    def day_of(name: str, subjects: pd.Series) -> pd.Series:
        dataset, variable = name.split(".")
        return subjects.map(tables[dataset].set_index("USUBJID")[variable]).astype(float)

    return day_of


def after(start: str, days: str) -> str:
    """ISO 8601 of the day so many days after the start; empty for an empty text."""
    if not days:
        return ""
    return (datetime.date.fromisoformat(start) + datetime.timedelta(days=int(days))).isoformat()


def lines(text: str) -> list[dict[str, str]]:
    """The rows of a drawn table of words, by title."""
    header, *rows = _cells(text)
    return [dict(zip(header, row, strict=True)) for row in rows]


def assessments(text: str, start: str, subject: str = "A") -> pd.DataFrame:
    """``SD+56 PD+112``: a patient's overall responses, in days from the start, numbered from 1."""
    seen = [one.rpartition("+") if "+" in one else one.partition("-") for one in text.split()]
    drawn = "| USUBJID | AVALC | ADT@ | SRCSEQ# | @ref |\n" + "\n".join(
        f"| {subject} | {word} | {after(start, sign + days)} | {n} | XOVR:{n} |"
        for n, (word, sign, days) in enumerate(seen, start=1)
    )
    return frame(drawn).assign(ADTF="", ANL01FL="Y", SRCDOM="RS", SRCVAR="RSSTRESC")


def iso(sas_day: float) -> str:
    """A SAS date as ISO 8601; empty for a missing one."""
    return _written("@", sas_day)
