"""Writes the SAS files of tests/raw/sas from the example's export, by ReadStat's own writer.

No package that cdisc-hai uses can write sas7bdat; the C library libreadstat can (in Debian:
libreadstat1). It is called only here, when the files are made anew.
"""

from __future__ import annotations

import csv
import ctypes
import datetime
import re
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXPORT = ROOT / "examples" / "hai" / "raw"
TARGET = ROOT / "tests" / "raw" / "sas"
SUBJECTS = 3
UTF8, GB18030 = 20, 205  # how the header of a file names the encodings
ENCODING_AT = 70
STRING, DOUBLE = 0, 5
EPOCH = datetime.datetime(1960, 1, 1)
DATE = re.compile(r"\d{1,2} [A-Z]{3} \d{4}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d*[1-9])?")

Cell = str | float | None
Column = tuple[str, str, list[Cell]]  # name, SAS format, cells; "$" is the format of text

# Each way in which SAS holds a value, as tests/raw/test_sas7bdat.py tells them.
KINDS: list[Column] = [
    ("ID", "Z4", [7.0, 12.0, 1234.0]),
    ("DAY", "DATE9", [23436.0, None, -1.0]),
    ("SHORT", "YYMMDDN8", [23436.0, "U", None]),
    ("MOMENT", "DATETIME22.3", [23436.0 * 86400 + 32707, None, 23436.0 * 86400]),
    ("AMPM", "DATEAMPM19", [23436.0 * 86400 + 32700, None, 0.0]),
    ("CLOCK", "TIME5", [32700.0, 0.0, None]),
    ("OWN", "TIMEPT", [1.0, 2.0, None]),
    ("FIGURE", "BEST12", [0.1, "A", "_"]),
    ("WORDS", "$", ["x" * 5000, "肝转移" * 300, " 前后 "]),
]


class Writer:
    """ReadStat's writer of one dataset."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL("libreadstat.so.1")
        for name in ("readstat_writer_init", "readstat_add_variable"):
            getattr(self.library, name).restype = ctypes.c_void_p
        self.parts: list[bytes] = []
        self.handle = ctypes.c_void_p(self.library.readstat_writer_init())
        shape = ctypes.CFUNCTYPE(
            ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p
        )
        self.take = shape(self._take)
        self._do("set_data_writer", self.take)

    def _take(self, data: int, size: int, _context: int) -> int:
        self.parts.append(ctypes.string_at(data, size))
        return size

    def _do(self, name: str, *arguments: object) -> None:
        code = getattr(self.library, f"readstat_{name}")(self.handle, *arguments)
        if code:
            raise SystemExit(f"readstat_{name}: error {code}")

    def write(self, columns: Sequence[Column], *, encoding: str, compress: bool) -> bytes:
        """The file; its text is in ``encoding``, and its rows are compressed where asked for."""
        self._do("writer_set_compression", int(compress))
        self._do("writer_set_file_timestamp", ctypes.c_long(0))
        handles = [self._variable(*column, encoding) for column in columns]
        rows = list(zip(*(cells for _, _, cells in columns), strict=True))
        self._do("begin_writing_sas7bdat", None, ctypes.c_long(len(rows)))
        for row in rows:
            self._do("begin_row")
            for handle, (_, form, _), cell in zip(handles, columns, row, strict=True):
                self._cell(handle, form, cell, encoding)
            self._do("end_row")
        self._do("end_writing")
        return b"".join(self.parts)

    def _variable(self, name: str, form: str, cells: list[Cell], encoding: str) -> ctypes.c_void_p:
        text = form == "$"
        width = max((len(str(cell).encode(encoding)) for cell in cells if text), default=0)
        kind = STRING if text else DOUBLE
        added = self.library.readstat_add_variable(
            self.handle, name.encode(), kind, ctypes.c_size_t(max(width, 1) if text else 0)
        )
        if not text:
            self.library.readstat_variable_set_format(ctypes.c_void_p(added), form.encode())
        return ctypes.c_void_p(added)

    def _cell(self, handle: ctypes.c_void_p, form: str, cell: Cell, encoding: str) -> None:
        if form == "$":
            self._do("insert_string_value", handle, str(cell).encode(encoding))
        elif cell is None:
            self._do("insert_missing_value", handle)
        elif isinstance(cell, str):
            self._do("insert_tagged_missing_value", handle, ctypes.c_char(cell.encode()))
        else:
            self._do("insert_double_value", handle, ctypes.c_double(cell))


def sas(columns: Sequence[Column], *, chinese: bool = False) -> bytes:
    """A compressed file in UTF-8, or a plain one in GB18030."""
    data = bytearray(
        Writer().write(columns, encoding="gb18030" if chinese else "utf-8", compress=not chinese)
    )
    if data[ENCODING_AT] != UTF8:
        raise SystemExit("the header is not laid out as expected")
    data[ENCODING_AT] = GB18030 if chinese else UTF8
    return bytes(data)


def typed(name: str, texts: list[str]) -> Column:
    """A column of text as SAS would hold it: dates and numbers where all of it is such."""
    present = [text for text in texts if text]
    if present and all(DATE.fullmatch(text) for text in present):
        days = [datetime.datetime.strptime(t, "%d %b %Y") if t else None for t in texts]
        return name, "DATE9", [None if d is None else float((d - EPOCH).days) for d in days]
    if present and all(MOMENT.fullmatch(text) for text in present):
        moments = [datetime.datetime.fromisoformat(t) if t else None for t in texts]
        return (
            name,
            "DATETIME20",
            [None if m is None else (m - EPOCH).total_seconds() for m in moments],
        )
    if present and all(NUMBER.fullmatch(text) for text in present):
        return name, "BEST12", [float(text) if text else None for text in texts]
    return name, "$", list(texts)


def form(name: str) -> list[Column]:
    """The first subjects of a form of the example's export."""
    with (EXPORT / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (EXPORT / "dm.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = [(r["siteid"], r["subjid"]) for r in csv.DictReader(file)][:SUBJECTS]
    mine = [row for row in rows if (row["siteid"], row["subjid"]) in kept]
    return [typed(column, [row[column].strip() for row in mine]) for column in rows[0]]


def main() -> None:
    """Write them all."""
    TARGET.mkdir(exist_ok=True)
    (TARGET / "kinds.sas7bdat").write_bytes(sas(KINDS))
    for name in ("dm", "tl", "vs"):
        (TARGET / f"{name}.sas7bdat").write_bytes(sas(form(name)))
    (TARGET / "ae.sas7bdat").write_bytes(sas(form("ae"), chinese=True))


if __name__ == "__main__":
    main()
