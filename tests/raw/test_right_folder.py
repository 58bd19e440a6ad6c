"""A folder that cannot be the export is told as such, with where the export may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Form
from cdisc_hai.raw.right_folder import ask_for_export

FORMS = tuple(Form(n, f, (), {}, "raw.yaml:1") for n, f in (("dm", "dm.csv"), ("ae", "AE_*.csv")))


def _folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    return tmp_path


@pytest.mark.parametrize("name", ["dm.csv", "DM.CSV", "dm.xpt", "ae_20240131.csv", "all.xlsx"])
def test_a_folder_with_a_file_that_may_be_a_form_is_read(tmp_path: Path, name: str) -> None:
    ask_for_export(_folder(tmp_path, name, "notes.docx"), FORMS)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "holds no file of any form of raw.yaml; name the folder that was exported"),
        (("notes.docx", "raw/dm.csv"), "holds no file of any form .*; is .*raw meant?"),
        (("specs/dm.yaml",), "holds no file of any form .*; name the folder that was exported"),
        (("export.zip",), "export.zip is an archive; unpack it and name the folder"),
    ],
)
def test_another_folder_is_told(tmp_path: Path, names: tuple[str, ...], told: str) -> None:
    with pytest.raises(RawError, match=told):
        ask_for_export(_folder(tmp_path, *names), FORMS)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RawError, match="no such folder of raw data"):
        ask_for_export(tmp_path / "none", FORMS)
