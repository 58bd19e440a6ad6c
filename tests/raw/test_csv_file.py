"""A CSV file as a frame of text, its rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.raw.csv_file import read_csv


def _read(tmp_path: Path, text: str | bytes) -> pd.DataFrame:
    path = tmp_path / "ae.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_csv(path)


def _rows(table: pd.DataFrame) -> dict[int, list[str]]:
    return {
        int(number): list(row) for number, row in zip(table.index, table.to_numpy(), strict=True)
    }


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n3,4\n", {2: ["1", "2"], 3: ["3", "4"]}),
        ("a,b\r\n1,2\r\n3,4\r\n", {2: ["1", "2"], 3: ["3", "4"]}),
        ("a,b\r1,2\r3,4\r", {2: ["1", "2"], 3: ["3", "4"]}),
        ("a,b\n1,2", {2: ["1", "2"]}),
        ("\ufeffa,b\n1,2\n", {2: ["1", "2"]}),
        ('a,b\n"1","2"\n', {2: ["1", "2"]}),
        ('a,b\n"one, two","said ""no"""\n', {2: ["one, two", 'said "no"']}),
        ("a,b\n  1 ,\t2\n", {2: ["1", "2"]}),
        ("a,b\n\u3000男\u3000,\u00a0x\n", {2: ["男", "x"]}),
        ("a,b\n,\n1,\n", {3: ["1", ""]}),
        ("a,b\n\n1,2\n\n\n3,4\n\n", {3: ["1", "2"], 6: ["3", "4"]}),
        ("a,b\n   \n1,2\n", {3: ["1", "2"]}),
        ('a,b\n"x\ny",2\n3,4\n', {2: ["x\ny", "2"], 3: ["3", "4"]}),
        ('a,b\r\n"x\r\ny\r\nz",2\r\n3,4\r\n', {2: ["x\r\ny\r\nz", "2"], 3: ["3", "4"]}),
        ("a,b\nNA,null\nNaN,007\n1e5,TRUE\n",
         {2: ["NA", "null"], 3: ["NaN", "007"], 4: ["1e5", "TRUE"]}),
        ("a,b\n", {}),
    ],
)  # fmt: skip
def test_a_record_has_the_row_that_a_spreadsheet_shows(
    tmp_path: Path, text: str, rows: dict[int, list[str]]
) -> None:
    table = _read(tmp_path, text)
    assert _rows(table) == rows
    assert list(table.columns) == ["a", "b"]


def test_a_table_without_records_keeps_its_columns_as_text(tmp_path: Path) -> None:
    table = _read(tmp_path, "a,b\n")
    assert list(table.dtypes.astype(str)) == ["object", "object"]


def test_blanks_around_a_column_s_name_are_taken_off(tmp_path: Path) -> None:
    assert list(_read(tmp_path, " a , b\n1,2\n").columns) == ["a", "b"]


def test_a_cell_may_be_a_megabyte_long(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    assert _rows(_read(tmp_path, f'a,b\n"{long}",2\n')) == {2: [long, "2"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ae.csv: no header row; the first row names the columns"),
        ("\n", "ae.csv: no header row; the first row names the columns"),
        (" , \n1,2\n", "ae.csv: no header row; the first row names the columns"),
        ("a,b\n1\n", "ae.csv:2: 1 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ("a,b\n1,2\n\n1,2,3\n", "ae.csv:4: 3 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ('a,b\n"x\ny",2\n3\n', "ae.csv:3: 1 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ("a,b,a\n1,2,3\n", "ae.csv: column 'a' stands twice; name each column once"),
        ("a, a\n1,2\n", "ae.csv: column 'a' stands twice; name each column once"),
        ("a,b\n1,\0\n", "ae.csv: holds NUL characters; export the file anew as plain CSV"),
        (b"a,b\n1,\xc4\xd0\n", "ae.csv: byte 6 is not UTF-8; export the file as UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "ae.csv: byte 0 is not UTF-8; export the file as UTF-8"),
        ('a,b\n1,"never closed\n',
         "ae.csv: not a CSV file: unexpected end of data; export it anew"),
    ],
)  # fmt: skip
def test_what_is_no_table_stops_with_its_place_and_a_remedy(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    with pytest.raises(RawError) as caught:
        _read(tmp_path, text)
    assert str(caught.value) == message
    assert caught.value.exit_code == 11


def test_a_stray_quote_stops(tmp_path: Path) -> None:
    with pytest.raises(RawError, match=r"ae\.csv: not a CSV file: .*; export it anew"):
        _read(tmp_path, 'a,b\n"1"x,2\n')
