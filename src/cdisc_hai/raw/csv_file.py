"""One text file (CSV, TSV, semicolons) as a frame; the index is the row a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Layout
from cdisc_hai.metadata.frames import apart
from cdisc_hai.raw.encoding import encoding_of
from cdisc_hai.raw.table import RawTable, numbered, unique_header

LONGEST_CELL = 2**31 - 1  # a cell may be any text; its length is judged when it is written
DELIMITERS = (",", ";", "\t", "|")
LAST_LINE = "EOF"  # some systems close a file with this word alone, to show that it is whole
BATCH, REMEMBERED, GROWTH = 1 << 13, 1 << 16, 4


class _Known(dict[str, str]):
    """Texts without blanks at their ends; equal ones are one object."""

    def __missing__(self, cell: str) -> str:
        text = self[cell] = cell.strip()
        return text


@dataclass
class _Column:
    """The cells of one column; a text that comes again costs a word of memory and no more."""

    cells: NDArray[np.object_] = field(default_factory=lambda: np.empty(BATCH, dtype=object))
    known: _Known = field(default_factory=_Known)
    filled: int = 0

    def extend(self, cells: Sequence[str]) -> None:
        if len(self.known) > REMEMBERED:
            self.known.clear()
        end = self.filled + len(cells)
        if end > len(self.cells):  # one array that grows: parts would be there twice when joined
            self.cells.resize(end + end // GROWTH, refcheck=False)
        self.cells[self.filled : end] = list(map(self.known.__getitem__, cells))
        self.filled = end

    def whole(self) -> NDArray[np.object_]:
        """All cells; no more can follow."""
        self.known.clear()
        self.cells.resize(self.filled, refcheck=False)
        return self.cells


def read_csv(path: Path, layout: Layout | None = None) -> pd.DataFrame:
    """The cells of one file; see ``read_text``."""
    return read_text(path, layout).frame


def read_text(path: Path, layout: Layout | None = None) -> RawTable:
    """All cells as text, blanks at either end taken off; an empty cell is an empty text.

    An encoding that was only guessed is a finding.

    Raises RawError for what cannot be read as a table: an encoding that does not fit, no header, a
    column named twice, a row with more or fewer cells than the header (empty ones too many
    at its end are passed over).
    """
    layout = layout or Layout()
    encoding, guessed = encoding_of(path, layout.encoding)
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        told, header_row = _told_delimiter(file), layout.header_row
        if told and header_row == 1:
            header_row = 2
        delimiter = layout.delimiter or told or delimiter_of(file, header_row)
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            frame = _frame(path.name, rows, header_row)
        except csv.Error as error:
            raise RawError(f"{path.name}: not a CSV file: {error}; export it anew") from error
    notes = (_guessed(path.name, encoding),) if guessed else ()
    return numbered(path.stem, path.name, frame, notes=notes)


def _guessed(file: str, encoding: str) -> Finding:
    return Finding(
        rule="RAW-ENCODING",
        severity="warning",
        message=f"is not UTF-8; read as {encoding}",
        sources=(f"{file}:1",),
        mend="export it as UTF-8, or say the right encoding in raw.yaml",
    )


def _told_delimiter(file: io.TextIOWrapper) -> str:
    """What a first line ``sep=;`` says, which is for Excel alone and no record; else empty."""
    first = file.readline(len("sep=;\r\n")).rstrip("\r\n")
    file.seek(0)
    told = first[len("sep=") :] if first.lower().startswith("sep=") else ""
    return told if told in DELIMITERS else ""


def delimiter_of(file: io.TextIOWrapper, header_row: int = 1) -> str:
    """The character that cuts the header into most cells; a comma where none does."""
    counts = {}
    for delimiter in DELIMITERS:
        file.seek(0)
        try:
            header = list(islice(csv.reader(file, delimiter=delimiter), header_row))
        except csv.Error:
            continue
        counts[delimiter] = len(header[-1]) if header else 0
    return max(counts, key=lambda d: counts[d]) if counts else ","


def _frame(name: str, rows: Iterator[list[str]], header_row: int) -> pd.DataFrame:
    head = list(islice(rows, header_row))
    if len(head) < header_row or not any(cell.strip() for cell in head[-1]):
        raise RawError(
            f"{name}: no header row; the first row names the columns, or say with "
            "'header_row' in raw.yaml which one does"
        )
    header = unique_header(name, head[-1])
    width = len(header)
    columns = [_Column() for _ in header]
    numbers: list[NDArray[np.int64]] = []
    place = header_row
    while batch := list(islice(rows, BATCH)):
        places, records = _records(name, batch, place + 1, width)
        place += len(batch)
        numbers.append(places)
        for column, values in zip(columns, zip(*records, strict=True), strict=False):
            column.extend(values)
    index = pd.Index(np.concatenate(numbers) if numbers else [], dtype="int64")
    found = {title: column.whole() for title, column in zip(header, columns, strict=True)}
    return apart(
        {title: pd.Series(c, index=index, dtype=object, copy=False) for title, c in found.items()},
        index,
    )


def _records(
    name: str, batch: list[list[str]], first: int, width: int
) -> tuple[NDArray[np.int64], list[list[str]]]:
    """The rows of a batch with their numbers, but blank ones and a last line that says it is."""
    if width > 1 and all(len(row) == width and row[0].strip() for row in batch):
        return np.arange(first, first + len(batch), dtype=np.int64), batch
    kept = [
        (n, row)
        for n, row in enumerate(batch, first)
        if (row and row[0].strip()) or any(map(str.strip, row))
    ]
    if len(batch) < BATCH and kept and kept[-1][1] == [LAST_LINE]:
        kept.pop()
    fitted = [row if len(row) == width else _fitted(name, n, row, width) for n, row in kept]
    return np.fromiter((n for n, _ in kept), np.int64, len(kept)), fitted


def _fitted(name: str, number: int, row: list[str], width: int) -> list[str]:
    if len(row) == width:
        return row
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    raise RawError(
        f"{name}:{number}: {len(row)} cells, the header has {width}; the row is cut off "
        "or a quote is missing; export the file anew"
    )
