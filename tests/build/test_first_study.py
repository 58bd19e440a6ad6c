"""The study of docs/first-study.md is built as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdisc_hai.build import build_sdtm
from tests.build.exports import ROOT, read_xpt

PAGE = (ROOT / "docs" / "first-study.md").read_text(encoding="utf-8")


def _files() -> dict[str, str]:
    """Each file of the page: the last name in backticks before a fence, and the text in it."""
    found: dict[str, str] = {}
    name = ""
    for part, text in re.findall(r"(.*?)^```\w*\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        named = re.findall(r"`((?:export|specs)/[\w./-]+)`", part)
        name = named[-1] if named else name
        found.setdefault(name, text)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    for name, text in _files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_sdtm(raw=folder / "export", out=folder / "build", specs=folder / "specs")
    return folder


def test_the_page_has_every_file_that_the_study_needs() -> None:
    assert sorted(_files()) == [
        "export/demographics.csv",
        "export/vitals.csv",
        "specs/codelists.yaml",
        "specs/raw.yaml",
        "specs/sdtm/common.yaml",
        "specs/sdtm/dm.yaml",
        "specs/sdtm/ts.yaml",
        "specs/sdtm/vs.yaml",
        "specs/study.yaml",
    ]


def test_the_table_of_the_page_is_what_comes_out(built: Path) -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    frame = read_xpt(built / "build" / "vs.xpt").sort_values(["USUBJID", "VSTESTCD", "VISITNUM"])
    told = [
        ["" if cell != cell else f"{cell:g}" if name == "VISITNUM" else cell
         for name, cell in zip(head, row, strict=True)]
        for row in frame[head].to_numpy().tolist()
    ]  # fmt: skip
    assert [[_plain(cell) for cell in row] for row in told] == rows


def _plain(cell: object) -> str:
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def test_the_finding_of_the_page_names_the_line(built: Path) -> None:
    text = (built / "build" / "findings.json").read_text(encoding="utf-8")
    assert "VS-RESULT-NO-NUMBER" in text
    assert "vitals.csv:3" in text
