"""Several forms in one file, files of several tables, and files found by a pattern."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Study
from cdisc_hai.raw import RawExport, read_export
from tests.conftest import TINY_EXPORT, TINY_SPECS
from tests.drawn import frame

LAYOUT = """\
columns: {subject: id}
subject_key: [subject]
subjects_form: dm
date_formats: [YYYY-MM-DD]
forms:
  dm: {file: data.csv, where: {instrument: {is: absent}}, filled: [sex, seen]}
  vs: {file: data.csv, where: {instrument: vs}, columns: {repeat: instance}}
"""
DATA = """\
id,instrument,instance,seen,sex,taken,result
1,,,2024-03-01,1,,
1,vs,1,,,2024-03-02,120
1,vs,2,,,2024-03-03,130
2,,,,2,,
3,,,,,,
4,pk,1,,,,
"""
SPECS = {
    "raw.yaml": LAYOUT,
    "sdtm/dm.yaml": TINY_SPECS["sdtm/dm.yaml"],
    "sdtm/common.yaml": TINY_SPECS["sdtm/common.yaml"].replace(
        'op: assign, column: "@study"', "op: hardcode, value: TINY"
    ),
}


@pytest.fixture
def read(tiny_study: Callable[..., Study], tmp_path: Path) -> Callable[..., RawExport]:
    folder = tmp_path / "raw"
    folder.mkdir()

    def run(files: dict[str, str], layout: str = LAYOUT) -> RawExport:
        for name, text in files.items():
            (folder / name).write_text(text)
        return read_export(folder, tiny_study({**SPECS, "raw.yaml": layout}))

    return run


def _told(export: RawExport) -> list[tuple[str, str]]:
    return [(f.rule, s) for f in export.findings for s in f.sources]


def test_a_form_takes_its_rows_of_a_file_and_a_row_of_none_is_told(
    read: Callable[..., RawExport],
) -> None:
    export = read({"data.csv": DATA})
    assert list(export.frames["dm"]["@src"]) == ["data.csv:2", "data.csv:5"]
    assert list(export.frames["vs"]["@repeat"]) == ["1", "2"]
    assert _told(export) == [("RAW-NO-FORM", "data.csv:6"), ("RAW-NO-FORM", "data.csv:7")]


DICTIONARY = """\
dictionary:
  items: {file: dictionary.csv, form: form, item: item}
  suffixes: [_complete]
"""
ITEMS = "form,item\ndm,seen\ndm,sex\nvs,taken\n"


def test_a_column_of_one_form_is_not_strange_in_the_others_that_share_its_file(
    read: Callable[..., RawExport],
) -> None:
    """result is in no form's items; dm_complete stands beside the form itself."""
    data = DATA.replace("result\n", "result,dm_complete\n").replace(",120\n", ",120,2\n")
    data = data.replace(",130\n", ",130,\n").replace(",,\n", ",,,\n")
    export = read({"data.csv": data, "dictionary.csv": ITEMS}, LAYOUT + DICTIONARY)
    strange = [f.variable for f in export.findings if f.rule == "RAW-STRANGE-COLUMN"]
    assert strange == ["result"]


def test_the_number_of_a_repeated_record_is_empty_for_a_form_that_has_none(
    read: Callable[..., RawExport],
) -> None:
    export = read({"data.csv": DATA})
    assert list(export.frames["dm"]["@repeat"]) == ["", ""]
    assert "@folder_repeat" not in export.frames["dm"]


def test_a_pattern_finds_a_file_whose_name_has_the_day_of_the_export(
    read: Callable[..., RawExport],
) -> None:
    export = read({"X_20240101_data.csv": DATA}, LAYOUT.replace("data.csv", '"*_data.csv"'))
    assert export.frames["dm"]["@src"].iloc[0] == "X_20240101_data.csv:2"


def test_a_pattern_that_two_files_fit_stops(read: Callable[..., RawExport]) -> None:
    with pytest.raises(RawError, match=r"'\*data\.csv' in raw\.yaml fits a_data\.csv, b_data\.csv"):
        read({"a_data.csv": DATA, "b_data.csv": DATA}, LAYOUT.replace("data.csv", '"*data.csv"'))


def test_a_form_that_two_tables_may_be_stops(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    folder = tiny_export({"vs": None})
    for name in ("vs.tsv", "VS.txt"):
        frame(TINY_EXPORT["vs"]).to_csv(folder / name, sep="\t", index=False)
    with pytest.raises(RawError, match=r"form 'vs' may be any of VS\.txt, vs\.tsv; say 'file'"):
        read_export(folder, tiny_study())


def test_a_sheet_that_no_form_is_made_of_is_told(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    folder = tiny_export({"vs": None})
    book = openpyxl.Workbook()
    for name in ("VS", "PK"):
        sheet = book.create_sheet(name)
        table = frame(TINY_EXPORT["vs"])
        for row in (list(table.columns), *table.to_numpy().tolist()):
            sheet.append(row)
    book.remove(book["Sheet"])
    book.save(folder / "all.xlsx")
    (folder / "~$all.xlsx").write_bytes(b"the workbook is open elsewhere")
    export = read_export(folder, tiny_study())
    assert list(export.frames["vs"]["@src"]) == ["all.xlsx!VS:2", "all.xlsx!VS:3"]
    assert _told(export) == [("RAW-STRANGE-FILE", "all.xlsx!PK:1")]


def test_an_old_excel_file_stops_with_a_remedy(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    folder = tiny_export({"vs": None})
    (folder / "vs.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(RawError, match=r"vs\.xls: an Excel file of before 2007; save it as \.xlsx"):
        read_export(folder, tiny_study())
