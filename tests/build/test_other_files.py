"""One export in several kinds of files: the datasets are the same to the byte."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from cdisc_hai.build import build_sdtm
from cdisc_hai.raw.csv_file import read_csv
from tests.build import exports

SAS = exports.ROOT / "tests" / "raw" / "sas"
Rewrites = Callable[[Path, Path], None]


def _tables(raw: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: read_csv(path) for path in sorted(raw.glob("*.csv"))}


def _one_workbook(raw: Path, out: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in _tables(raw).items():
        sheet = book.create_sheet(name.upper())
        for row in (list(table.columns), *table.to_numpy().tolist()):
            sheet.append(row)
    book.save(out / "export.xlsx")


def _transport_files(raw: Path, out: Path) -> None:
    for name, table in _tables(raw).items():
        upper = table.rename(columns=str.upper).reset_index(drop=True)
        pyreadstat.write_xport(upper, out / f"{name}.xpt", file_format_version=8)


def _chinese_tabs(raw: Path, out: Path) -> None:
    for path in sorted(raw.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with (out / f"{path.stem}.tsv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)


def _mixed(raw: Path, out: Path) -> None:
    _one_workbook(raw, out)
    book = openpyxl.load_workbook(out / "export.xlsx")
    for name in ("DM", "CRF", "LB", "AE"):
        book.remove(book[name])
    book.save(out / "export.xlsx")
    tables = _tables(raw)
    for name in ("lb", "ae"):
        upper = tables[name].rename(columns=str.upper).reset_index(drop=True)
        pyreadstat.write_xport(upper, out / f"{name}.xpt", file_format_version=8)
    for name in ("dm", "crf"):
        (out / f"{name}.csv").write_bytes((raw / f"{name}.csv").read_bytes())


def _sas(raw: Path, out: Path) -> None:
    """The forms that were written as sas7bdat, beside the others as text."""
    for path in sorted(raw.glob("*.csv")):
        if not (SAS / f"{path.stem}.sas7bdat").is_file():
            shutil.copy(path, out)
        else:
            shutil.copy(SAS / f"{path.stem}.sas7bdat", out)


@pytest.fixture(scope="module")
def as_text(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The datasets from the export as it is: CSV files in UTF-8."""
    out = tmp_path_factory.mktemp("as_text") / "out"
    build_sdtm(raw=few_raw, out=out)
    return out


def _same_bytes(have: Path, want: Path) -> bool:
    names = sorted(path.name for path in want.glob("*.xpt"))
    assert names
    assert sorted(path.name for path in have.glob("*.xpt")) == names
    return [n for n in names if (have / n).read_bytes() != (want / n).read_bytes()] == []


@pytest.mark.parametrize("rewrite", [_one_workbook, _transport_files, _chinese_tabs, _mixed])
def test_the_kind_of_file_makes_no_difference_to_any_byte(
    few_raw: Path, as_text: Path, tmp_path: Path, rewrite: Rewrites
) -> None:
    other = tmp_path / "raw"
    other.mkdir()
    (other / "study.json").write_bytes((few_raw / "study.json").read_bytes())
    rewrite(few_raw, other)
    build_sdtm(raw=other, out=tmp_path / "out")
    assert _same_bytes(tmp_path / "out", as_text)


def test_sas_files_with_typed_dates_make_no_difference_to_any_byte(tmp_path: Path) -> None:
    """Of three subjects, as the files of tests/raw/sas are."""
    raw = exports.few(tmp_path / "raw", subjects=3)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(raw / "study.json", other)
    _sas(raw, other)
    assert len(list(other.glob("*.sas7bdat"))) == 4
    build_sdtm(raw=raw, out=tmp_path / "want")
    build_sdtm(raw=other, out=tmp_path / "have")
    assert _same_bytes(tmp_path / "have", tmp_path / "want")


@pytest.mark.shared
def test_the_same_study_as_odm_gives_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    build_sdtm(raw=shared / "study" / "export", out=tmp_path / "csv")
    build_sdtm(raw=shared / "study" / "export-odm", out=tmp_path / "odm")
    assert len(list((tmp_path / "csv").glob("*.xpt"))) > 20
    assert _same_bytes(tmp_path / "odm", tmp_path / "csv")
