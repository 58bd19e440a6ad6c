"""Frames from drawn text tables, so that a test shows its data as a reader would draw them."""

from __future__ import annotations

from typing import Any

import pandas as pd


def frame(drawing: str) -> pd.DataFrame:
    """A frame from a table drawn with ``|``.

    A column whose header ends with ``#`` holds numbers (empty: missing), any other text (empty:
    the empty text). A cell in double quotes keeps the blanks inside them.
    """
    header, *rows = [_cells(line) for line in drawing.splitlines() if line.strip()]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row of {len(row)} cells under a header of {len(header)}: {row}")
    columns = {}
    for place, name in enumerate(header):
        cells = [row[place] for row in rows]
        if name.endswith("#"):
            numbers = [float(cell) if cell else float("nan") for cell in cells]
            columns[name[:-1]] = pd.Series(numbers, dtype=float)
        else:
            columns[name] = pd.Series([_unquoted(cell) for cell in cells], dtype=object)
    return pd.DataFrame(columns)


def told(values: pd.Series) -> list[Any]:
    """A column as plain values that compare: a missing number is None."""
    return [None if isinstance(value, float) and pd.isna(value) else value for value in values]


def plain(table: pd.DataFrame) -> list[tuple[str, list[Any]]]:
    """A frame as its columns in order, each with plain values; kinds of text are all one."""
    return [(str(name), told(table[name])) for name in table.columns]


def _cells(line: str) -> list[str]:
    line = line.strip()
    if not (line.startswith("|") and line.endswith("|")):
        raise ValueError(f"a line of a drawn table begins and ends with '|': {line}")
    return [cell.strip() for cell in line[1:-1].split("|")]


def _unquoted(cell: str) -> str:
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
