"""What must be true of every transport file, tried on made-up numbers and texts."""

from __future__ import annotations

import datetime
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat  # type: ignore[import-untyped, unused-ignore]  # the library has no types, or the test is of a wrong one
from hypothesis import given, settings
from hypothesis import strategies as st

from cdisc_hai.submit.ibm import ieee_to_ibm
from cdisc_hai.submit.xpt import XptColumn, check_xpt, write_xpt

CREATED = datetime.datetime(2024, 3, 5, 7, 8, 9)
SMALLEST, LARGEST = 2.0**-260, 7.2370055773322614e75
many = settings(deadline=None, max_examples=150)
few = settings(deadline=None, max_examples=40)

sizes = st.floats(SMALLEST, LARGEST) | st.integers(1, 10**6).map(float)
numbers = sizes | sizes.map(lambda size: -size) | st.just(0.0)
CHINESE = "肝动脉灌注化疗转移瘤测量毫米"
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
plain = st.sampled_from("abcXYZ 0123456789-/,." + CHINESE)


def short(alphabet: st.SearchStrategy[str], encoding: str) -> st.SearchStrategy[str]:
    return st.text(alphabet, max_size=60).filter(lambda text: len(text.encode(encoding)) <= 200)


def written(frame: pd.DataFrame, columns: list[XptColumn], **other: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xpt"
        write_xpt(frame, path, dataset="DM", label="x", columns=columns, created=CREATED, **other)
        return path.read_bytes()


def read_by_readstat(content: bytes, **other: Any) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xpt"
        path.write_bytes(content)
        frame: pd.DataFrame = pyreadstat.read_xport(path, **other)[0]
        return frame


def rows_of(content: bytes, columns: int, width: int, rows: int) -> list[bytes]:
    """Cut the rows out of a file, knowing how long its headers are."""
    start = 640 + -(-140 * columns // 80) * 80 + 80
    return [content[start + width * row :][:width] for row in range(rows)]


def by_hand(eight: bytes) -> float:
    """Decode one IBM double as TS-140 describes it, exactly and without numpy."""
    first, fraction = eight[0], int.from_bytes(eight[1:], "big")
    size = Fraction(fraction, 2**56) * Fraction(16) ** ((first & 0x7F) - 64)
    return float(-size if first & 0x80 else size)


@many
@given(st.lists(numbers, min_size=1))
def test_every_number_in_range_keeps_its_53_bits(values: list[float]) -> None:
    bits = ieee_to_ibm(np.array(values))
    assert [by_hand(int(bit).to_bytes(8, "big")) for bit in bits] == values


@many
@given(sizes)
def test_every_ibm_fraction_is_normalised(size: float) -> None:
    fraction = int(ieee_to_ibm(np.array([size]))[0]) & (2**56 - 1)
    assert 2**52 <= fraction < 2**56


@few
@given(st.lists(numbers | st.none(), min_size=1, max_size=30))
def test_numbers_and_missing_values_come_back_from_pyreadstat(values: list[float | None]) -> None:
    frame = pd.DataFrame({"N": pd.Series(values, dtype="float64")})
    columns = [XptColumn("N", "N", "num")]
    back = read_by_readstat(written(frame, columns))["N"].tolist()
    assert [None if np.isnan(value) else value for value in back] == values


@many
@given(st.sampled_from(["utf-8", "gb18030"]), st.data())
def test_texts_come_back_whole_but_for_blanks_at_the_end(
    encoding: str, data: st.DataObject
) -> None:
    values = [*data.draw(st.lists(short(letters, encoding), max_size=20)), "end"]
    frame = pd.DataFrame({"T": pd.Series(values, dtype=object)})
    content = written(frame, [XptColumn("T", "T", "char", 200)], encoding=encoding)
    rows = [row.decode(encoding) for row in rows_of(content, 1, 200, len(values))]
    assert [row.rstrip(" ") for row in rows] == [value.rstrip(" ") for value in values]


@few
@given(st.sampled_from(["utf-8", "gb18030"]), st.data())
def test_texts_come_back_from_pyreadstat(encoding: str, data: st.DataObject) -> None:
    values = [*data.draw(st.lists(short(plain, encoding), max_size=20)), "end"]
    frame = pd.DataFrame({"T": values})
    content = written(frame, [XptColumn("T", "T", "char")], encoding=encoding)
    back = read_by_readstat(content, encoding=encoding)["T"].tolist()
    assert back == [value.rstrip(" ") for value in values]


@many
@given(st.lists(st.text(letters, max_size=90), max_size=20), st.integers(1, 200))
def test_a_text_is_told_exactly_when_its_bytes_exceed_the_length(
    values: list[str], length: int
) -> None:
    frame = pd.DataFrame({"T": pd.Series([*values, "e"], dtype=object)})
    found = check_xpt(frame, dataset="DM", label="", columns=[XptColumn("T", "T", "char", length)])
    told = [row for problem in found for row in problem.rows]
    assert told == [row for row, value in enumerate(values) if len(value.encode()) > length]


@many
@given(st.lists(st.floats(allow_nan=True), min_size=1))
def test_a_number_is_told_exactly_when_no_ibm_double_holds_it(values: list[float]) -> None:
    frame = pd.DataFrame({"T": "x", "N": values})
    columns = [XptColumn("T", "T", "char"), XptColumn("N", "N", "num")]
    found = check_xpt(frame, dataset="DM", label="", columns=columns)
    told = [row for problem in found for row in problem.rows]
    assert told == [
        row
        for row, value in enumerate(values)
        if value != 0 and not np.isnan(value) and not SMALLEST <= abs(value) <= LARGEST
    ]


@few
@given(
    st.lists(st.tuples(short(plain, "utf-8"), numbers), min_size=1, max_size=20),
    st.randoms(use_true_random=False),
    st.integers(1, 25),
)
def test_permuted_rows_are_the_same_records_permuted(
    values: list[tuple[str, float]], random: Any, block_rows: int
) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    frame = pd.DataFrame(values, columns=["T", "N"]).assign(END="x")
    columns = [
        XptColumn("T", "T", "char", 200),
        XptColumn("N", "N", "num"),
        XptColumn("END", "END", "char", 1),
    ]
    before = rows_of(written(frame, columns), 3, 209, len(values))
    shuffled = written(frame.iloc[order], columns, block_rows=block_rows)
    assert rows_of(shuffled, 3, 209, len(values)) == [before[row] for row in order]


@few
@given(st.lists(st.tuples(short(plain, "utf-8"), numbers), min_size=1, max_size=20))
def test_permuted_columns_are_the_same_fields_permuted(values: list[tuple[str, float]]) -> None:
    frame = pd.DataFrame(values, columns=["T", "N"]).assign(END="x")
    text, number, end = (
        XptColumn("T", "T", "char", 200),
        XptColumn("N", "N", "num"),
        XptColumn("END", "END", "char", 1),
    )
    before = rows_of(written(frame, [text, number, end]), 3, 209, len(values))
    after = rows_of(written(frame, [end, text, number]), 3, 209, len(values))
    assert after == [row[208:] + row[:208] for row in before]
