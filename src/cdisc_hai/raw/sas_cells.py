"""Cells of SAS, which are numbers or text and a format to show them by, as a person reads them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.metadata.choices import number_as_text
from cdisc_hai.metadata.dates import iso_of_day

DAY = 86400
# A format's name, its width and its decimals; 8601 stands within names.
FORMAT = re.compile(r"([A-Z_]+(?:8601[A-Z]+)?)(\d*)(?:\.\d*)?")
# Formats of SAS that show days since 1960, seconds since then, and seconds of a day. Whole names,
# as a study's own formats may begin alike (TIMEPT for time points).
_MARKS = ("", "B", "C", "D", "N", "P", "S")
DATES = {
    *(
        f"{order}{mark}"
        for order in ("YYMMDD", "DDMMYY", "MMDDYY", "YYMM", "MMYY")
        for mark in _MARKS
    ),
    *("DATE", "MONYY", "YYMON", "JULIAN", "WORDDATE", "WORDDATX", "WEEKDATE", "WEEKDATX"),
    *("E8601DA", "B8601DA", "IS8601DA", "EURDFDD", "EURDFDE", "EURDFMY", "EURDFWDX", "EURDFWKX"),
    *("NLDATE", "NLDATEL", "NLDATEM", "NLDATES", "NLDATEW", "MINGUO", "NENGO"),
}
MOMENTS = {
    *("DATETIME", "DATEAMPM", "MDYAMPM", "DTDATE", "DTMONYY", "DTWKDATX", "EURDFDT"),
    *(f"{start}8601{end}" for start in "EB" for end in ("DT", "DN", "DX", "DZ", "LX")),
    *("IS8601DT", "IS8601DN", "IS8601DZ"),
    *("NLDATM", "NLDATMAP", "NLDATML", "NLDATMM", "NLDATMS", "NLDATMTM", "NLDATMW"),
}
TIMES = {
    *("TIME", "TIMEAMPM", "TOD", "HHMM", "NLTIME", "NLTIMAP"),
    *(f"{start}8601{end}" for start in "EB" for end in ("TM", "TX", "TZ", "LZ")),
    *("IS8601TM", "IS8601TZ"),
}


def cells_as_text(values: Any, kind: str, form: str) -> np.ndarray:
    """A column as text: its kind is ``string`` or a number's, its format SAS's.

    A special missing value (a letter) is told as SAS writes it, ``.A``: it may say why.
    """
    if kind == "string":
        cells = ["" if pd.isna(v) else str(v).strip() for v in values]
        return np.array(cells, dtype=object)
    try:
        array = np.asarray(values, dtype=float)
    except ValueError:  # letters stand among the numbers
        array = np.asarray(values, dtype=object)
    codes, distinct = pd.factorize(array, use_na_sentinel=False)
    name, width = _named(form)
    told = np.array([_cell(v, name, width) for v in distinct] or [""], dtype=object)
    return told[codes] if len(array) else np.array([], dtype=object)


def _named(form: str) -> tuple[str, int]:
    found = FORMAT.fullmatch(form.upper().strip())
    return (found[1], int(found[2] or 0)) if found else ("", 0)


def _cell(value: Any, name: str, width: int) -> str:
    if isinstance(value, str):
        return f".{value}"
    return "" if pd.isna(value) else _number(float(value), name, width)


def _number(value: float, name: str, width: int) -> str:
    try:
        if name in MOMENTS:
            day, seconds = divmod(round(value), DAY)
            return iso_of_day(day) + (f"T{_clock(seconds)}" if seconds else "")
        if name in DATES:
            return iso_of_day(value)
    except OverflowError:
        return number_as_text(value)
    if name in TIMES and 0 <= value < DAY:
        return _clock(round(value))
    text = number_as_text(value)
    return text.zfill(width) if name == "Z" else text


def _clock(seconds: int) -> str:
    hour, minute, second = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
