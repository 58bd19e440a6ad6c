"""A CSV file as a frame of text, its rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Layout
from cdisc_hai.raw.csv_file import read_csv, read_text


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


HEADLESS = (
    "ae.csv: no header row; the first row names the columns, or say with 'header_row' in raw.yaml "
    "which one does"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", HEADLESS),
        ("\n", HEADLESS),
        (" , \n1,2\n", HEADLESS),
        ("a,b\n1\n", "ae.csv:2: 1 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ("a,b\n1,2\n\n1,2,3\n", "ae.csv:4: 3 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ('a,b\n"x\ny",2\n3\n', "ae.csv:3: 1 cells, the header has 2; the row is cut off "
         "or a quote is missing; export the file anew"),
        ("a,b,a\n1,2,3\n", "ae.csv: column 'a' stands twice; name each column once, or say in "
         "raw.yaml with 'header_row' which row has the names"),
        ("a, a\n1,2\n", "ae.csv: column 'a' stands twice; name each column once, or say in "
         "raw.yaml with 'header_row' which row has the names"),
        ("a,b\n1,\0\n", "ae.csv: holds NUL characters; export the file anew as plain CSV"),
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


@pytest.mark.parametrize(
    ("raw", "encoding", "cell", "guessed"),
    [
        ("a\n男\n".encode(), "", "男", False),
        ("a\n男\n".encode("utf-8-sig"), "", "男", False),
        ("a\n男\n".encode("utf-16"), "", "男", False),
        ("a\n男性,试验\n".replace(",", " ").encode("gb18030"), "", "男性 试验", True),
        ("a\n男\n".encode("gb18030"), "GB18030", "男", False),
        ("a\nMüller né à Orléans\n".encode("latin-1"), "", "Müller né à Orléans", True),
        ("a\ncafé – 5 €\n".encode("cp1252"), "", "café – 5 €", True),
        ("a\nMüller\n".encode("latin-1"), "latin-1", "Müller", False),
    ],
)
def test_an_encoding_is_told_or_found_and_a_guess_is_told(
    tmp_path: Path, raw: bytes, encoding: str, cell: str, guessed: bool
) -> None:
    path = tmp_path / "ae.csv"
    path.write_bytes(raw)
    table = read_text(path, Layout(encoding=encoding))
    assert list(table.frame["a"]) == [cell]
    rules = [(f.rule, f.severity, f.sources) for f in table.notes]
    assert rules == ([("RAW-ENCODING", "warning", ("ae.csv:1",))] if guessed else [])


@pytest.mark.parametrize(
    ("raw", "encoding", "message"),
    [
        ("a\n男\n".encode("gb18030"), "utf-8",
         "ae.csv: byte 2 is not UTF-8; export the file as UTF-8, or say its encoding"),
        (b"a\n1\n", "klingon", "ae.csv: no encoding is called 'klingon'; see raw.yaml"),
    ],
)  # fmt: skip
def test_an_encoding_that_does_not_fit_stops(
    tmp_path: Path, raw: bytes, encoding: str, message: str
) -> None:
    path = tmp_path / "ae.csv"
    path.write_bytes(raw)
    with pytest.raises(RawError) as caught:
        read_text(path, Layout(encoding=encoding))
    assert str(caught.value) == message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_the_header(tmp_path: Path, delimiter: str) -> None:
    text = f'a{delimiter}b{delimiter}"c,;|x"\n1{delimiter}"2,;|\n"{delimiter}3\n'
    assert _rows(_read(tmp_path, text)) == {2: ["1", "2,;|", "3"]}


@pytest.mark.parametrize("told", ["sep=;\n", "SEP=;\r\n", "\ufeffsep=;\n"])
def test_a_first_line_that_tells_excel_the_delimiter_is_no_header(
    tmp_path: Path, told: str
) -> None:
    # a comma would cut the header into more cells
    table = _read(tmp_path, told + "a;b,c,d\n1;2\n")
    assert (list(table.columns), _rows(table)) == (["a", "b,c,d"], {3: ["1", "2"]})


def test_names_may_stand_in_a_later_row(tmp_path: Path) -> None:
    path = tmp_path / "ae.csv"
    path.write_text("Date,Date\nAESTDAT,AEENDAT\n1,2\n")
    table = read_csv(path, Layout(header_row=2))
    assert (list(table.columns), _rows(table)) == (["AESTDAT", "AEENDAT"], {3: ["1", "2"]})


def test_empty_cells_too_many_at_the_end_of_a_row_are_passed_over(tmp_path: Path) -> None:
    assert _rows(_read(tmp_path, "a;b\n1;2;\n3;4;;\n")) == {2: ["1", "2"], 3: ["3", "4"]}


def test_a_last_line_that_only_says_the_file_is_whole_is_no_record(tmp_path: Path) -> None:
    assert _rows(_read(tmp_path, "a,b\n1,2\nEOF\n\n")) == {2: ["1", "2"]}


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    assert list(_read(tmp_path, '"","b"\n1,2\n').columns) == ["column_1", "b"]


def test_more_rows_than_a_batch_keep_their_numbers(tmp_path: Path) -> None:
    table = _read(tmp_path, "a,b\n" + "x,y\n" * 70_000)
    assert (len(table), table.index[0], table.index[-1]) == (70_000, 2, 70_001)
