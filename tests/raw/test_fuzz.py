"""Whatever bytes a file holds, it is read or refused by name; nothing else ever happens.

Few examples run here; CDISC_HAI_FUZZ=N multiplies them for a long run.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdisc_hai.build.draft_export import look_at
from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.metadata import Layout, Study
from cdisc_hai.metadata.dates import read_date, read_time
from cdisc_hai.raw import read_export
from cdisc_hai.raw.dictionary import read_dictionary
from cdisc_hai.raw.folder import ExportFolder
from cdisc_hai.sdtm import run_sdtm
from tests.conftest import TINY_EXPORT
from tests.drawn import frame
from tests.raw.test_odm_file import DEFINITIONS, SUBJECT

MANY = int(os.environ.get("CDISC_HAI_FUZZ", "1"))
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def few(examples: int) -> settings:
    return settings(
        max_examples=examples * MANY,
        deadline=None,
        suppress_health_check=SLOW,
        database=None,
        derandomize=MANY == 1,
    )


def _csv() -> bytes:
    return b'study,site,"long, name"\nTINY,12,"a\nb"\nTINY,13,\xe7\x94\xb7\n'


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["study", "site"])
    book.active.append(["TINY", 12])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _transport() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xpt"
        table = pd.DataFrame({"SITE": ["12", "13"], "N": [1.0, None]})
        pyreadstat.write_xport(table, path, file_format_version=5)
        return path.read_bytes()


def _odm() -> bytes:
    return (
        f'<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot">{DEFINITIONS}'
        f'<ClinicalData StudyOID="S.1">{SUBJECT}</ClinicalData></ODM>'
    ).encode()


SOUND = {"a.csv": _csv(), "a.xlsx": _workbook(), "a.xpt": _transport(), "a.xml": _odm()}
NAMES = ("a.csv", "a.tsv", "a.xlsx", "a.xpt", "a.sas7bdat", "a.xml", "a")


def _tried(call: Callable[[], Any]) -> tuple[Any, str]:
    """What a call gives, and the message where it was refused; anything else is a failure."""
    try:
        return call(), ""
    except CdiscHaiError as error:
        return None, str(error) or "an error without a message"


def _read(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        files = ExportFolder(Path(folder))
        for layout in (Layout(), Layout(encoding="gb18030", delimiter=";", header_row=2)):
            tables, refused = _tried(lambda: files.tables(Path(folder) / name, layout))  # noqa: B023 - called at once
            assert refused == "" or refused.startswith(name)
            for table in tables or ():
                assert len(table.sources) == len(table.frame) == len(set(table.sources))
                assert all(isinstance(c, str) for c in table.frame.to_numpy().ravel())


@given(name=st.sampled_from(NAMES), content=st.binary(max_size=400))
@few(60)
def test_any_bytes_are_read_or_refused_by_name(name: str, content: bytes) -> None:
    _read(name, content)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file with some bytes changed, cut off, doubled or put in."""
    name = draw(st.sampled_from(sorted(SOUND)))
    content = bytearray(SOUND[name])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        kind = draw(st.sampled_from(("change", "cut", "put", "double", "take")))
        if kind == "change" and content:
            content[place] = draw(st.integers(0, 255))
        elif kind == "cut":
            del content[place:]
        elif kind == "put":
            content[place:place] = draw(st.binary(max_size=30))
        elif kind == "double":
            content[place:place] = content[place : place + draw(st.integers(1, 60))]
        else:
            del content[place : place + draw(st.integers(1, 60))]
    return name, bytes(content)


@given(file=damaged())
@few(80)
def test_a_damaged_file_is_read_or_refused_by_name(file: tuple[str, bytes]) -> None:
    _read(*file)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    from tests.conftest import TINY_SPECS  # noqa: PLC0415 - the specs of this one fixture

    folder = tmp_path_factory.mktemp("tiny") / "specs"
    for name, text in TINY_SPECS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return study_of(folder)


@given(data=st.data())
@few(25)
def test_any_cells_of_an_export_are_mapped_or_told(study: Study, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, drawing in TINY_EXPORT.items():
            table = frame(drawing)
            for _ in range(data.draw(st.integers(0, 3))):
                row = data.draw(st.integers(0, len(table) - 1))
                column = data.draw(st.sampled_from(list(table.columns)))
                table.loc[row, column] = data.draw(CELLS)
            table.to_csv(folder / f"{form}.csv", index=False)
        export, _ = _tried(lambda: read_export(folder, study))
        result, _ = _tried(lambda: run_sdtm(study, export)) if export else (None, "")
        if result is None:
            return
        mapped = result.mapped
        told = {s for f in export.findings for s in f.sources}
        left = {s for rows in export.accounting.unaccounted(mapped).values() for s in rows}
        read = {s for rows in export.accounting.rows.values() for s in rows}
        assert read - mapped - told - left <= {
            s for fates in export.accounting.in_findings.values() for s in fates
        }


@given(text=CELLS)
@few(60)
def test_any_text_is_a_date_or_none(text: str) -> None:
    formats = (
        "DD MON YYYY HH:MM",
        "DD/MM/YYYY",
        "YYYY年MM月DD日",
        "MM-DD-YYYY HH:MM AM",
        "MONTH YYYY",
    )
    iso, wrong = read_date(text, formats, ("UN", "??"))
    assert not (iso and wrong)
    clock, wrong = read_time(text, ("HH:MM", "HH:MM:SS", "HH:MM AM"), ("UN", "??"))
    assert not (clock and wrong)


@given(files=st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200), max_size=3))
@few(25)
def test_any_folder_can_be_looked_at_for_a_draft(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file, content in {**files, "d.csv": b"subject,x\n1,2\n"}.items():
            (Path(name) / file).write_bytes(content)
        _, refused = _tried(lambda: look_at(Path(name)))
        assert "Traceback" not in refused


@given(content=st.binary(max_size=200))
@few(25)
def test_any_dictionary_is_read_or_refused_by_name(content: bytes) -> None:
    spec = {"items": {"file": "a.csv", "item": "item", "choices": "choices"}}
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.csv").write_bytes(b"item,choices\n" + content)
        _, refused = _tried(lambda: read_dictionary(ExportFolder(Path(name)), spec))
        assert refused == "" or refused.startswith("a.csv")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.csv", lambda: b"a,b\n" + b"x" * 10_000_000 + b",2\n"),
        ("a.xml", lambda: _odm().replace(b'" 1 "', b'"' + b"x" * 10_000_000 + b'"')),
    ],
)
def test_a_cell_of_ten_megabytes_is_a_cell(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    (tmp_path / name).write_bytes(make())
    tables = ExportFolder(tmp_path).tables(tmp_path / name)
    assert max(len(cell) for t in tables for cell in t.frame.to_numpy().ravel()) == 10_000_000
