"""One CSV file as a frame of text; the index is the row that a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError

FIRST_ROW = 2  # the header is row 1
LONGEST_CELL = 2**31 - 1  # a cell may be any text; its length is judged when it is written


def read_csv(path: Path) -> pd.DataFrame:
    """All cells as text, blanks at either end taken off; an empty cell is an empty text.

    Raises RawError for what cannot be read as a table: no UTF-8, no header, a column named
    twice, a row with more cells or fewer cells than the header.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RawError(
            f"{path.name}: byte {error.start} is not UTF-8; export the file as UTF-8"
        ) from error
    if "\0" in text:
        raise RawError(f"{path.name}: holds NUL characters; export the file anew as plain CSV")
    try:
        csv.field_size_limit(LONGEST_CELL)
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RawError(f"{path.name}: not a CSV file: {error}; export it anew") from error
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise RawError(f"{path.name}: no header row; the first row names the columns")
    header = [cell.strip() for cell in rows[0]]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise RawError(f"{path.name}: column '{twice[0]}' stands twice; name each column once")
    return _frame(path.name, header, rows[1:])


def _frame(name: str, header: list[str], rows: list[list[str]]) -> pd.DataFrame:
    width = len(header)
    numbers = [n for n, row in enumerate(rows, FIRST_ROW) if any(cell.strip() for cell in row)]
    kept = [rows[n - FIRST_ROW] for n in numbers]
    for number, row in zip(numbers, kept, strict=True):
        if len(row) != width:
            raise RawError(
                f"{name}:{number}: {len(row)} cells, the header has {width}; the row is cut off "
                "or a quote is missing; export the file anew"
            )
    columns = list(zip(*kept, strict=True)) or [()] * width
    return pd.DataFrame(
        {
            column: pd.Series([cell.strip() for cell in cells], index=numbers, dtype=object)
            for column, cells in zip(header, columns, strict=True)
        },
        index=pd.Index(numbers, dtype="int64"),
    )
