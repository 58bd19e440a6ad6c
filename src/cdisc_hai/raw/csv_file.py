"""One text file (CSV, TSV, semicolons) as a frame; the index is the row a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Layout
from cdisc_hai.raw.encoding import encoding_of
from cdisc_hai.raw.table import RawTable, numbered, unique_header

LONGEST_CELL = 2**31 - 1  # a cell may be any text; its length is judged when it is written
DELIMITERS = (",", ";", "\t", "|")
LAST_LINE = "EOF"  # some systems close a file with this word alone, to show that it is whole
BATCH, REMEMBERED = 1 << 15, 1 << 16


class _Known(dict[str, str]):
    """Texts without blanks at their ends; equal ones are one object."""

    def __missing__(self, cell: str) -> str:
        text = self[cell] = cell.strip()
        return text


@dataclass
class _Column:
    """The cells of one column; a text that comes again costs a word of memory and no more."""

    cells: list[str] = field(default_factory=list)
    known: _Known = field(default_factory=_Known)

    def extend(self, cells: Sequence[str]) -> None:
        if len(self.known) > REMEMBERED:
            self.known.clear()
        self.cells.extend(map(self.known.__getitem__, cells))


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
    numbers: list[int] = []
    place = header_row
    while batch := list(islice(rows, BATCH)):
        kept = _records(name, batch, place + 1, width)
        place += len(batch)
        numbers.extend(n for n, _ in kept)
        for column, values in zip(
            columns, zip(*(row for _, row in kept), strict=True), strict=False
        ):
            column.extend(values)
    index = pd.Index(numbers, dtype="int64")
    return pd.DataFrame(
        {
            title: pd.Series(column.cells, index=index, dtype=object)
            for title, column in zip(header, columns, strict=True)
        },
        index=index,
    )


def _records(
    name: str, batch: list[list[str]], first: int, width: int
) -> list[tuple[int, list[str]]]:
    """The rows of a batch with their numbers, but blank ones and a last line that says it is."""
    kept = [
        (n, row)
        for n, row in enumerate(batch, first)
        if (row and row[0].strip()) or any(map(str.strip, row))
    ]
    if len(batch) < BATCH and kept and kept[-1][1] == [LAST_LINE]:
        kept.pop()
    return [(n, row if len(row) == width else _fitted(name, n, row, width)) for n, row in kept]


def _fitted(name: str, number: int, row: list[str], width: int) -> list[str]:
    if len(row) == width:
        return row
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    raise RawError(
        f"{name}:{number}: {len(row)} cells, the header has {width}; the row is cut off "
        "or a quote is missing; export the file anew"
    )
