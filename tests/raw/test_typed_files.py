"""Excel and SAS: typed cells become the text that a person would have typed."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat
import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.raw.excel_file import read_workbook
from cdisc_hai.raw.sas_file import read_sas, table_of


def _workbook(tmp_path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "AE"
    for row in rows:
        book.active.append(row)
    path = tmp_path / "export.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  0001 ", "0001"),
        (7, "7"),
        (7.0, "7"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (None, ""),
        (datetime.date(2024, 3, 1), "2024-03-01"),
        (datetime.datetime(2024, 3, 1), "2024-03-01"),
        (datetime.datetime(2024, 3, 1, 9, 5), "2024-03-01T09:05"),
        (datetime.datetime(2024, 3, 1, 9, 5, 7), "2024-03-01T09:05:07"),
        (datetime.time(9, 5), "09:05"),
        ("男", "男"),
    ],
)
def test_a_cell_of_excel_is_told_as_typed(tmp_path: Path, cell: object, text: str) -> None:
    (table,) = read_workbook(_workbook(tmp_path, ["a", "b"], [cell, "x"]))
    assert list(table.frame["a"]) == [text]


def test_a_row_of_excel_has_the_number_that_excel_shows(tmp_path: Path) -> None:
    path = _workbook(tmp_path, ["a", "b"], ["1", "2"], [None, " "], ["3", None])
    (table,) = read_workbook(path)
    assert table.sources == ("export.xlsx!AE:2", "export.xlsx!AE:4")
    assert list(table.frame.index) == [2, 4]
    assert list(table.frame["b"]) == ["2", ""]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["a", "a"], ["1", "2"]], r"export\.xlsx!AE: column 'a' stands twice"),
        ([["a"], ["1", "2"]], r"export\.xlsx!AE:2: a cell stands to the right of the header's 1 "),
    ],
)
def test_a_sheet_that_is_no_table_stops(
    tmp_path: Path, rows: list[list[object]], message: str
) -> None:
    with pytest.raises(RawError, match=message):
        read_workbook(_workbook(tmp_path, *rows))


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more", b"a,b\n1,2\n"])
def test_a_broken_workbook_stops(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(damage)
    with pytest.raises(RawError, match=r"export\.xlsx: cannot be read as an Excel workbook"):
        read_workbook(path)


def test_a_transport_file_s_numbers_and_dates_are_told_as_typed(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "N": [7.0, np.nan],
            "DAY": [datetime.date(2024, 3, 1), None],
            "WHEN": [datetime.datetime(2024, 3, 1, 9, 5), pd.NaT],
            "T": ["0001", ""],
        }
    )
    path = tmp_path / "ae.xpt"
    pyreadstat.write_xport(frame, path, file_format_version=5)
    table = read_sas(path)
    assert table.frame.to_numpy().tolist() == [
        ["7", "2024-03-01", "2024-03-01T09:05", "0001"],
        ["", "", "", ""],
    ]
    assert table.sources == ("ae.xpt:2", "ae.xpt:3")
    assert list(table.spelled(["day", "t"]).columns) == ["N", "day", "WHEN", "t"]


def test_formats_of_sas_tell_days_moments_and_times() -> None:
    """From what the library gives; real files are in test_sas7bdat.py."""
    columns = {
        "VISIT": np.array([23436.0, np.nan]),
        "WHEN": np.array([23436.0 * 86400 + 32707, 23436.0 * 86400]),
        "CLOCK": np.array([32700.0, np.nan]),
        "PLAIN": np.array([23436.0, 0.5]),
        "TEXT": np.array([" x ", None], dtype=object),
    }
    meta = SimpleNamespace(
        column_names=list(columns),
        original_variable_types={
            "VISIT": "DATE9",
            "WHEN": "DATETIME22.3",
            "CLOCK": "TIME5",
            "PLAIN": "BEST12",
            "TEXT": "$200",
        },
        file_encoding="UTF-8",
        readstat_variable_types=dict.fromkeys(columns, "double") | {"TEXT": "string"},
    )
    table = table_of(Path("visits.sas7bdat"), columns, meta)
    assert table.frame.to_numpy().tolist() == [
        ["2024-03-01", "2024-03-01T09:05:07", "09:05", "23436", "x"],
        ["", "2024-03-01", "", "0.5", ""],
    ]


@pytest.mark.parametrize("name", ["ae.xpt", "ae.sas7bdat"])
@pytest.mark.parametrize("damage", [b"", b"no SAS file", b"HEADER RECORD*******LIBRARY HEADER"])
def test_a_broken_sas_file_stops(tmp_path: Path, name: str, damage: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(damage)
    with pytest.raises(RawError, match=rf"{name}: cannot be read as a SAS file"):
        read_sas(path)


def test_a_transport_file_of_two_datasets_stops(tmp_path: Path) -> None:
    """pyreadstat reads the first one of several: the others would be lost without a word."""
    path = tmp_path / "ae.xpt"
    pyreadstat.write_xport(pd.DataFrame({"T": ["1"]}), path, file_format_version=5)
    once = path.read_bytes()
    path.write_bytes(once + once[240:])
    with pytest.raises(RawError, match=r"ae\.xpt: holds several datasets"):
        read_sas(path)
