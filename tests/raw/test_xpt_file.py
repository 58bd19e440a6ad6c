"""Transport files are read in little memory, whatever their size."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.raw import xpt_file
from cdisc_hai.raw.xpt_file import read_xpt
from cdisc_hai.submit.xpt import XptColumn, write_xpt


@pytest.fixture
def path(tmp_path: Path) -> Path:
    frame = pd.DataFrame(
        {
            "TEST": pd.Series(["Sodium", "Calcium", "Sodium", None], dtype=object),
            "AVAL": [140.0, 2.4, float("nan"), 141.5],
            "UNIT": pd.Series(["mmol/L", "mmol/L", "", "µmol/L"], dtype=object),
        }
    )
    columns = [
        XptColumn(name="TEST", label="Test", kind="char"),
        XptColumn(name="AVAL", label="Value", kind="num", format="8.1"),
        XptColumn(name="UNIT", label="Unit", kind="char"),
    ]
    write_xpt(
        frame,
        tmp_path / "lb.xpt",
        dataset="LB",
        label="Laboratory",
        columns=columns,
        created=datetime.datetime(2025, 12, 31),
    )
    return tmp_path / "lb.xpt"


def test_texts_that_are_equal_are_one_object(path: Path) -> None:
    tests = read_xpt(path, "utf-8").frame["TEST"]
    assert list(tests) == ["Sodium", "Calcium", "Sodium", ""]
    assert tests[0] is tests[2]


@pytest.mark.parametrize("cells", [1, 8, 12])
def test_a_file_read_some_columns_at_a_time_is_the_same(
    path: Path, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_xpt(path, "utf-8")
    monkeypatch.setattr(xpt_file, "CELLS", cells)
    parts = read_xpt(path, "utf-8")
    pd.testing.assert_frame_equal(parts.frame, whole.frame)
    assert (parts.labels, parts.lengths, parts.formats) == (
        whole.labels,
        whole.lengths,
        whole.formats,
    )
