"""What a SAS transport file (version 5) cannot hold, told before a byte of it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.submit.ibm import BLANK, beyond_ibm, ieee_to_ibm

KINDS = ("char", "num")
ENCODINGS = ("ascii", "utf-8", "gb18030")
NAME_BYTES, LABEL_BYTES, TEXT_BYTES, NUMBER_BYTES = 8, 40, 200, 8
MOST_COLUMNS = 9_999
WIDEST_FORMAT = 32_767
_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,7}", re.ASCII)
_FORMAT = re.compile(r"(\$?(?:[A-Z_](?:[A-Z0-9_]*[A-Z_])?)?)(\d{0,5})\.(\d{0,5})", re.ASCII)
_CHUNK = 65_536  # rows looked at in one go, so that checks take constant memory
_EXACT = 2**53  # beyond it not every integer is a double
_UNENCODABLE = -1


@dataclass(frozen=True)
class XptColumn:
    """One variable of a transport file.

    `name` has up to 8 characters (A-Z, 0-9, _, no leading digit), `label` up to 40 bytes, `length`
    is in bytes (char: 1 to 200, None for the longest value in the frame; num: always 8), `format`
    is a SAS format with its dot (`DATE9.`, `8.2`, `$20.`), "" for none.
    """

    name: str
    label: str
    kind: Literal["char", "num"]
    length: int | None = None
    format: str = ""


@dataclass(frozen=True)
class XptProblem:
    """One thing that the file could not hold: which rule, where, what, and how to mend it.

    `column` is None when the dataset itself is at fault, `rows` are positions in the frame from 0
    (none when the column or dataset itself is at fault). No message holds a value of a subject.
    """

    rule: str
    column: str | None
    rows: tuple[int, ...]
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.column or 'dataset'}: {self.message}; {self.mend}"


class XptError(CdiscHaiError, ValueError):
    """The frame cannot be written as a transport file; carries every problem that was found."""

    def __init__(self, problems: Sequence[XptProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Survey:
    """What one look at the frame told: the problems, and the bytes that each column takes."""

    problems: tuple[XptProblem, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class SasFormat:
    """A SAS format in its parts: `$20.` is `$`, 20, 0; `DATE9.` is `DATE`, 9, 0."""

    name: str
    width: int
    decimals: int


def check_xpt(
    frame: pd.DataFrame,
    *,
    dataset: str,
    label: str,
    columns: Sequence[XptColumn],
    encoding: str = "utf-8",
) -> tuple[XptProblem, ...]:
    """Tell everything that keeps the frame from being a transport file, in column order.

    Text columns hold str, or None, NaN or NA for empty; numeric columns are of an integer or float
    dtype with NaN or NA for missing. Lengths are bytes in `encoding` (ascii, utf-8 or gb18030).
    Raises nothing; an empty answer means that `write_xpt` will write. Source: SAS TS-140.
    """
    return survey_xpt(frame, dataset, label, columns, encoding).problems


def byte_lengths(values: pd.Series[Any], *, encoding: str = "utf-8") -> NDArray[np.int64]:
    """Give the bytes that each text takes in `encoding`; missing values take 0.

    Raises UnicodeEncodeError for a text that the encoding does not hold, TypeError for no text.
    """
    codes, texts = _distinct(as_objects(values))
    ascii_only = "".join(texts).isascii()
    measured = [len(text if ascii_only else text.encode(encoding)) for text in texts]
    return np.array([*measured, 0], dtype=np.int64)[codes]


def as_objects(values: pd.Series[Any]) -> NDArray[np.object_]:
    """Give the values of a text column as Python objects, whatever its dtype."""
    return np.asarray(values.array, dtype=np.object_)


def as_doubles(values: pd.Series[Any]) -> NDArray[np.float64]:
    """Give the values of a numeric column as doubles, NaN for missing."""
    return values.to_numpy(dtype=np.float64, na_value=np.nan)


def parse_format(text: str) -> SasFormat | None:
    """Take a SAS format apart; "" has neither name nor width, None means that it is no format."""
    found = _FORMAT.fullmatch(text or ".")
    if found is None or text in (".", "$"):
        return None
    name, width, decimals = found[1], int(found[2] or 0), int(found[3] or 0)
    if len(name) > NAME_BYTES or width > WIDEST_FORMAT or decimals > width:
        return None
    return SasFormat(name, width, decimals)


def survey_xpt(
    frame: pd.DataFrame, dataset: str, label: str, columns: Sequence[XptColumn], encoding: str
) -> Survey:
    """Look at the frame once: every problem, and the width in bytes of every column."""
    if encoding not in ENCODINGS:
        return Survey((_unknown_encoding(encoding),), ())
    problems = [*_name_problems(dataset, None), *_label_problems(label, None, encoding)]
    problems += _columns_problems(columns)
    widths, all_blank = [], len(frame) > 0
    for column in columns:
        problems += _column_problems(column, encoding)
        width, last_is_blank = column.length or 1, False
        found = _no_column_problems(frame, column)
        if not found and column.kind in KINDS:
            look = _survey_text if column.kind == "char" else _survey_numbers  # one shape for both
            found, width, last_is_blank = look(frame[column.name], column, encoding)
        problems += found
        widths.append(width)
        all_blank &= last_is_blank
    if all_blank and columns:
        problems.append(_trailing_blank(len(frame)))
    return Survey(tuple(problems), tuple(widths))


def _unknown_encoding(encoding: str) -> XptProblem:
    message = f"encoding {encoding!r} is not known"
    return XptProblem("XPT-ENCODING", None, (), message, f"use one of {', '.join(ENCODINGS)}")


def _name_problems(name: str, column: str | None) -> Iterator[XptProblem]:
    if not _NAME.fullmatch(name):
        message = f"name {name!r} is not 1 to {NAME_BYTES} of A-Z, 0-9 and _ without leading digit"
        yield XptProblem("XPT-NAME", column, (), message, "give it a shorter or plainer name")


def _label_problems(label: str, column: str | None, encoding: str) -> Iterator[XptProblem]:
    if "\0" in label:
        yield XptProblem("XPT-NUL", column, (), "label holds U+0000", "take the character out")
    size = _bytes_of(label, encoding)
    if size == _UNENCODABLE:
        message = f"label holds a character that {encoding} does not have"
        yield XptProblem("XPT-ENCODING", column, (), message, "change the label or the encoding")
    if size > LABEL_BYTES:
        message = f"label is {size} bytes long in {encoding}, at most {LABEL_BYTES}"
        yield XptProblem("XPT-LABEL", column, (), message, "shorten the label")


def _columns_problems(columns: Sequence[XptColumn]) -> Iterator[XptProblem]:
    if not 1 <= len(columns) <= MOST_COLUMNS:
        message = f"{len(columns)} columns, from 1 to {MOST_COLUMNS} can be written"
        yield XptProblem("XPT-COLUMNS", None, (), message, "give other columns")
    for name, times in Counter(column.name for column in columns).items():
        if times > 1:
            message = f"{times} columns have the name {name!r}"
            yield XptProblem("XPT-DUPLICATE-NAME", name, (), message, "rename all but one")


def _column_problems(column: XptColumn, encoding: str) -> Iterator[XptProblem]:
    name, kind, length = column.name, column.kind, column.length
    yield from _name_problems(name, name)
    yield from _label_problems(column.label, name, encoding)
    if kind not in KINDS:
        yield XptProblem("XPT-KIND", name, (), f"kind {kind!r} is not known", "use char or num")
    if kind == "num" and length not in (None, NUMBER_BYTES):
        message = f"length {length} of a number, always {NUMBER_BYTES}"
        yield XptProblem("XPT-LENGTH", name, (), message, "leave the length out")
    if kind == "char" and length is not None and not 1 <= length <= TEXT_BYTES:
        message = f"length {length} of a text, from 1 to {TEXT_BYTES} bytes can be written"
        yield XptProblem("XPT-LENGTH", name, (), message, "give a length in that range, or None")
    parsed = parse_format(column.format)
    if parsed is None or (column.format and (kind == "char") != parsed.name.startswith("$")):
        message = f"format {column.format!r} is not a SAS format of a {kind} column"
        yield XptProblem("XPT-FORMAT", name, (), message, "write it like DATE9., 8.2 or $20.")


def _no_column_problems(frame: pd.DataFrame, column: XptColumn) -> list[XptProblem]:
    times = int((frame.columns == column.name).sum())
    if times == 1:
        return []
    rule = "XPT-DUPLICATE-NAME" if times else "XPT-NO-COLUMN"
    message = f"the frame has {times} columns of this name"
    return [XptProblem(rule, column.name, (), message, "give the frame one column of this name")]


def _trailing_blank(rows: int) -> XptProblem:
    # A file does not say how many rows it has. What follows the last row is blank up to the next
    # multiple of 80 bytes, so a blank last row shorter than 80 bytes looks like that filling.
    # A longer one could be told from the file's size, but readers (ReadStat, thus haven and
    # pyreadstat) drop it as well, and a row without any key is no row of a study.
    message = "the last row is all blanks, which readers take for the end of the file"
    return XptProblem("XPT-TRAILING-BLANK", None, (rows - 1,), message, "leave blank rows out")


_Found = tuple[list[XptProblem], int, bool]
"""Problems of one column, its width in bytes, and whether its last value is stored as blanks."""


def _survey_numbers(values: pd.Series[Any], column: XptColumn, _encoding: str) -> _Found:
    dtype = values.dtype
    numpy_dtype = getattr(dtype, "numpy_dtype", dtype)
    kind, size = getattr(numpy_dtype, "kind", "O"), getattr(numpy_dtype, "itemsize", 0)
    if kind not in "iuf" or size > NUMBER_BYTES:
        message = f"dtype {dtype} is not one of numbers"
        mend = "convert the column to float64 or Int64"
        return [XptProblem("XPT-KIND", column.name, (), message, mend)], NUMBER_BYTES, False
    rows: list[int] = []
    for start in range(0, len(values), _CHUNK):
        chunk = values.iloc[start : start + _CHUNK]
        doubles = as_doubles(chunk)
        bad = beyond_ibm(doubles)
        if kind != "f":
            bad |= _inexact(chunk, doubles)
        if bad.any():
            rows += (start + np.flatnonzero(bad)).tolist()
    blank = len(values) > 0 and bool(ieee_to_ibm(as_doubles(values.iloc[-1:]))[0] == BLANK)
    message = (
        f"{_values(rows)} infinite, beyond 7.2e75, nearer to 0 than 5.4e-79 or "
        f"an integer that no double holds, {_first(rows)}"
    )
    mend = "correct the number, or make it missing"
    problems = [XptProblem("XPT-NUMBER", column.name, tuple(rows), message, mend)] if rows else []
    return problems, NUMBER_BYTES, blank


def _inexact(chunk: pd.Series[Any], doubles: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which integers change when they become doubles."""
    bad = np.abs(doubles) >= _EXACT
    for position in np.flatnonzero(bad):
        bad[position] = int(doubles[position]) != int(chunk.iloc[position])
    return bad


def _survey_text(values: pd.Series[Any], column: XptColumn, encoding: str) -> _Found:
    rows: dict[str, list[int]] = {
        rule: [] for rule in ("XPT-KIND", "XPT-NUL", "XPT-ENCODING", "XPT-TEXT-LENGTH")
    }
    limit = column.length or TEXT_BYTES
    if not 1 <= limit <= TEXT_BYTES:
        limit = TEXT_BYTES
    longest = 0
    for start in range(0, len(values), _CHUNK):
        chunk = as_objects(values.iloc[start : start + _CHUNK])
        faults, size = _text_faults(chunk, limit, encoding)
        longest = max(longest, size)
        for rule, bad in faults.items():
            rows[rule] += (start + bad).tolist()
    last = [value for value in as_objects(values.iloc[-1:]) if isinstance(value, str)]
    blank = not "".join(last).strip(" ") and not rows["XPT-KIND"]
    told = _text_words(limit, longest, encoding)
    problems = [
        XptProblem(rule, column.name, tuple(at), f"{_values(at)} {what}, {_first(at)}", mend)
        for rule, (what, mend) in told.items()
        if (at := rows[rule])
    ]
    return problems, column.length or max(longest, 1), blank


def _text_words(limit: int, longest: int, encoding: str) -> dict[str, tuple[str, str]]:
    """Give for each rule of texts what is wrong and how to mend it."""
    length = f"longer than {limit} bytes in {encoding}, the longest {longest}"
    split = "split the text over several columns"
    if limit < TEXT_BYTES:
        split = "give a greater length or split the text"
    return {
        "XPT-KIND": ("no text", "convert the column to text"),
        "XPT-NUL": ("with U+0000", "take the character out"),
        "XPT-ENCODING": (
            f"with a character that {encoding} does not have",
            "change the text or the encoding",
        ),
        "XPT-TEXT-LENGTH": (length, split),
    }


def _text_faults(
    chunk: NDArray[np.object_], limit: int, encoding: str
) -> tuple[dict[str, NDArray[np.intp]], int]:
    """Give the positions at fault by rule, and the bytes of the longest text."""
    try:
        codes, texts = _distinct(chunk)
        joined = "".join(texts)
    except TypeError:  # something that is no text: tell which, and look at the rest without it
        no_text = np.array([not isinstance(value, str) for value in chunk]) & ~pd.isna(chunk)
        rest, size = _text_faults(np.where(no_text, "", chunk), limit, encoding)
        return {"XPT-KIND": np.flatnonzero(no_text), **rest}, size
    if joined.isascii() and "\0" not in joined:
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        if sizes.max(initial=0) <= limit:
            return {}, int(sizes.max(initial=0))
    else:
        sizes = np.array([_bytes_of(text, encoding) for text in texts], dtype=np.int64)
    nul = np.array(["\0" in text for text in texts], dtype=np.bool_)
    bad = {"XPT-NUL": nul, "XPT-ENCODING": sizes == _UNENCODABLE, "XPT-TEXT-LENGTH": sizes > limit}
    at = {rule: np.flatnonzero(np.append(mask, False)[codes]) for rule, mask in bad.items()}
    return at, int(sizes.max(initial=0))


def _distinct(chunk: NDArray[np.object_]) -> tuple[NDArray[np.intp], list[str]]:
    """Give each value's place among the distinct texts, -1 for a missing value, and those texts."""
    codes, texts = pd.factorize(chunk)
    return codes, texts.tolist()


def _bytes_of(text: str, encoding: str) -> int:
    try:
        return len(text.encode(encoding))
    except UnicodeEncodeError:
        return _UNENCODABLE


def _values(rows: list[int]) -> str:
    return f"{len(rows)} value{'s' if len(rows) != 1 else ''}"


def _first(rows: list[int]) -> str:
    return f"first at row {rows[0]}" if rows else ""
