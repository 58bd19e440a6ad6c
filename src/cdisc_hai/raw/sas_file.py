"""SAS datasets (sas7bdat) and transport files (xpt) of an export as tables of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.metadata.choices import number_as_text
from cdisc_hai.metadata.dates import iso_of_day
from cdisc_hai.raw.table import RawTable, numbered, unique_header

SUFFIXES = (".sas7bdat", ".xpt")
DAY = 86400
CHUNK = 1 << 20
MEMBERS = (
    b"HEADER RECORD*******MEMBER  HEADER RECORD",
    b"HEADER RECORD*******MEMBV8  HEADER RECORD",
)
# how SAS formats begin that show days, seconds since 1960, and seconds of a day
DATES = (
    "DATE",
    "YYMMDD",
    "DDMMYY",
    "MMDDYY",
    "E8601DA",
    "B8601DA",
    "IS8601DA",
    "NLDATE",
    "JULIAN",
    "MONYY",
    "WORDDATE",
    "WEEKDATE",
)
MOMENTS = ("DATETIME", "E8601DT", "B8601DT", "IS8601DT", "NLDATM", "DTDATE", "MDYAMPM")
TIMES = ("TIME", "E8601TM", "B8601TM", "IS8601TM", "HHMM", "NLTIME", "TOD")


def read_sas(path: Path, encoding: str = "") -> RawTable:
    """One dataset: numbers as their shortest text, dates and times in ISO 8601.

    Rows are counted from 1 behind a header, as in a spreadsheet: the first record is row 2. Names
    are SAS's, so that capital and small letters count alike. Raises RawError, naming the file,
    where it cannot be read.
    """
    import pyreadstat  # noqa: PLC0415 - only when such a file is read

    if path.suffix.lower() == ".xpt" and _members(path) > 1:
        raise RawError(
            f"{path.name}: holds several datasets, of which only the first could be read; export "
            "each to a file of its own"
        )
    reader = pyreadstat.read_xport if path.suffix.lower() == ".xpt" else pyreadstat.read_sas7bdat
    try:
        columns, meta = reader(
            path,
            disable_datetime_conversion=True,
            encoding=encoding or None,
            output_format="dict",
        )
    except (
        pyreadstat.PyreadstatError,
        pyreadstat.ReadstatError,
        UnicodeDecodeError,
        ValueError,
    ) as error:
        raise RawError(
            f"{path.name}: cannot be read as a SAS file: {error}; export it anew, or say its "
            "encoding in raw.yaml"
        ) from error
    return table_of(path, columns, meta)


def _members(path: Path) -> int:
    """How many datasets a transport file holds."""
    found, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found += sum((tail + chunk).count(mark) for mark in MEMBERS)
            tail = chunk[1 - len(MEMBERS[0]) :]
    return found


def table_of(path: Path, columns: Any, meta: Any) -> RawTable:
    """What pyreadstat gives (values by name, and the formats) as a table."""
    names = unique_header(path.name, list(meta.column_names))
    rows = max((len(columns[name]) for name in meta.column_names), default=0)
    index = pd.RangeIndex(2, rows + 2)
    formats, kinds = meta.original_variable_types, meta.readstat_variable_types
    frame = pd.DataFrame(
        {
            name: pd.Series(
                _texts(columns[given], kinds[given], str(formats.get(given) or "")), index=index
            )
            for name, given in zip(names, meta.column_names, strict=True)
        },
        index=index,
        dtype=object,
    )
    return numbered(path.stem, path.name, frame, any_case=True)


def _texts(values: Any, kind: str, form: str) -> np.ndarray:
    if kind == "string":
        array = np.asarray(values, dtype=object)
        cells = ["" if pd.isna(v) else str(v).strip() for v in array.tolist()]
        return np.array(cells, dtype=object)
    array = np.asarray(values, dtype=float)
    codes, distinct = pd.factorize(array, use_na_sentinel=False)
    told = np.array([_number(float(v), form.upper()) for v in distinct] or [""], dtype=object)
    return told[codes] if len(array) else np.array([], dtype=object)


def _number(value: float, form: str) -> str:
    if np.isnan(value):
        return ""
    try:
        if form.startswith(MOMENTS):
            day, seconds = divmod(round(value), DAY)
            return iso_of_day(day) + (f"T{_clock(seconds)}" if seconds else "")
        if form.startswith(DATES):
            return iso_of_day(value)
    except OverflowError:
        return number_as_text(value)
    if form.startswith(TIMES) and 0 <= value < DAY:
        return _clock(round(value))
    return number_as_text(value)


def _clock(seconds: int) -> str:
    hour, minute, second = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
