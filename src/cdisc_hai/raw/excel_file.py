"""The sheets of an Excel workbook as tables; each row keeps the number that Excel shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.raw.cells import cell_text
from cdisc_hai.raw.table import RawTable, numbered, unique_header

SUFFIXES = (".xlsx", ".xlsm")


def read_workbook(path: Path, header_row: int = 1) -> list[RawTable]:
    """One table a sheet that has a header; ``study.xlsx!AE:3`` is row 3 of sheet AE.

    Formulas count by the value that was saved with them. Raises RawError where the file is no
    workbook, or a sheet no table.
    """
    import openpyxl  # noqa: PLC0415 - only when a workbook is read

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
        finally:
            book.close()
    except RawError:
        raise
    except Exception as error:
        kind = "no zip file" if isinstance(error, zipfile.BadZipFile) else type(error).__name__
        raise RawError(
            f"{path.name}: cannot be read as an Excel workbook ({kind}); save it anew as .xlsx"
        ) from error
    found = [_table(path.name, name, rows, header_row) for name, rows in sheets.items()]
    return [table for table in found if table is not None]


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield number, cells


def _table(
    file: str, sheet: str, rows: list[tuple[int, list[str]]], header_row: int
) -> RawTable | None:
    head = [cells for number, cells in rows if number == header_row]
    if not head:
        return None
    place = f"{file}!{sheet}"
    width = max(i for i, cell in enumerate(head[0], 1) if cell)
    header = unique_header(place, head[0][:width])
    body = [(number, cells) for number, cells in rows if number > header_row]
    for number, cells in body:
        if any(cells[width:]):
            raise RawError(
                f"{place}:{number}: a cell stands to the right of the header's {width} columns; "
                "name its column, or take it out"
            )
    index = pd.Index([number for number, _ in body], dtype="int64")
    columns = {
        name: pd.Series(
            [cells[i] if i < len(cells) else "" for _, cells in body], index=index, dtype=object
        )
        for i, name in enumerate(header)
    }
    return numbered(sheet, place, pd.DataFrame(columns, index=index))
