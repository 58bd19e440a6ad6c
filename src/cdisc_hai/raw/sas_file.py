"""SAS datasets (sas7bdat) and transport files (xpt) of an export as tables of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.raw.encoding import in_pairs
from cdisc_hai.raw.sas_cells import cells_as_text
from cdisc_hai.raw.table import RawTable, numbered, unique_header

CHUNK = 1 << 20
TRANSPORT = b"HEADER RECORD*******LIB"
MEMBERS = (
    b"HEADER RECORD*******MEMBER  HEADER RECORD",
    b"HEADER RECORD*******MEMBV8  HEADER RECORD",
)
WESTERN = ("WINDOWS-1252", "ISO-8859-1", "ISO-8859-15")


def read_sas(path: Path, encoding: str = "") -> RawTable:
    """One dataset: numbers as their shortest text, dates and times in ISO 8601.

    Rows are counted from 1 behind a header, as in a spreadsheet: the first record is row 2. Names
    are SAS's, so that capital and small letters count alike. Raises RawError, naming the file,
    where it cannot be read.
    """
    import pyreadstat  # noqa: PLC0415 - only when such a file is read

    transport = path.suffix.lower() == ".xpt" or _starts(path, TRANSPORT)
    if transport and _members(path) > 1:
        raise RawError(
            f"{path.name}: holds several datasets, of which only the first could be read; export "
            "each to a file of its own"
        )
    options: dict[str, Any] = {"disable_datetime_conversion": True, "output_format": "dict"}
    options["encoding"] = encoding or None
    try:
        if transport:
            columns, meta = pyreadstat.read_xport(path, **options)
        else:
            columns, meta = pyreadstat.read_sas7bdat(path, user_missing=True, **options)
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, ValueError) as error:
        raise RawError(
            f"{path.name}: cannot be read as a SAS file: {error}; {_mend(error)}"
        ) from error
    return table_of(path, columns, meta, guess=not encoding)


def _starts(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _mend(error: Exception) -> str:
    """What helps: the library's words tell letters that do not fit from a file that is damaged."""
    letters = isinstance(error, UnicodeDecodeError) or any(
        word in str(error) for word in ("character set", "encoding")
    )
    if letters:
        return "say in raw.yaml in which 'encoding' its text is written, or export it anew"
    return "it is damaged or was cut off on its way; export it anew"


def _members(path: Path) -> int:
    """How many datasets a transport file holds."""
    found, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found += sum((tail + chunk).count(mark) for mark in MEMBERS)
            tail = chunk[1 - len(MEMBERS[0]) :]
    return found


def table_of(path: Path, columns: Any, meta: Any, *, guess: bool = False) -> RawTable:
    """What pyreadstat gives (values by name, and the formats) as a table; ``guess`` asks for a
    finding where its text looks Chinese, and the file says that it is Western."""
    names = unique_header(path.name, list(meta.column_names))
    rows = max((len(columns[name]) for name in meta.column_names), default=0)
    index = pd.RangeIndex(2, rows + 2)
    formats, kinds = meta.original_variable_types, meta.readstat_variable_types
    frame = pd.DataFrame(
        {
            name: pd.Series(
                cells_as_text(columns[given], kinds[given], str(formats.get(given) or "")),
                index=index,
            )
            for name, given in zip(names, meta.column_names, strict=True)
        },
        index=index,
        dtype=object,
    )
    told = str(meta.file_encoding or "").upper()
    notes = _misread(path.name, frame, told) if guess and told in WESTERN else ()
    return numbered(path.stem, path.name, frame, notes=notes, any_case=True)


def _misread(file: str, frame: pd.DataFrame, encoding: str) -> tuple[Finding, ...]:
    """SAS takes its session's encoding for the file's, whatever bytes it was handed."""
    cells = pd.unique(frame.to_numpy().ravel())
    letters = "".join(cell for cell in cells if not cell.isascii())
    if not letters or not in_pairs(letters.encode(encoding, "ignore")):
        return ()
    found = Finding(
        rule="RAW-ENCODING",
        severity="warning",
        message=f"says that its text is {encoding}, but its bytes look like Chinese of GB18030",
        sources=(f"{file}:1",),
        mend="say 'encoding: gb18030' in raw.yaml if it is, else name the encoding that it has",
    )
    return (found,)
