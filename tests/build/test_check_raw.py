"""An export looked at before anything is built: everything that is wrong, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cdisc_hai.build import check_raw
from cdisc_hai.build.inspect_raw import ExportReport
from cdisc_hai.cli import main
from tests.conftest import TINY_EXPORT, TINY_SPECS

DM, VS = TINY_EXPORT["dm"], TINY_EXPORT["vs"]


@pytest.fixture
def look(
    tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path]
) -> Callable[..., ExportReport]:
    return lambda forms=None: check_raw(raw=tiny_export(forms), specs=tiny_specs())


def _told(report: ExportReport) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.rule, f.severity, f.sources) for f in report.findings]


def test_a_sound_export_has_no_findings_but_its_rows(look: Callable[..., ExportReport]) -> None:
    report = look()
    assert (_told(report), dict(report.rows), report.usable) == ([], {"dm": 2, "vs": 2}, True)


@pytest.mark.parametrize(
    ("forms", "rule", "severity", "sources"),
    [
        ({"vs": None}, "RAW-MISSING-FORM", "warning", ()),
        ({"vs": VS.replace("result", "reslt ")}, "RAW-MISSING-COLUMN", "error", ("vs.csv:1",)),
        ({"vs": VS.replace("result", "reslt ")}, "RAW-UNREAD-COLUMN", "note", ()),
        ({"pk": VS}, "RAW-STRANGE-FILE", "warning", ("pk.csv:1",)),
        ({"dm": DM.replace("| 2   |", "| 9   |")}, "MAP-UNMAPPED-CODE", "error", ("dm.csv:3",)),
        ({"vs": VS.replace("02 MAR", "32 MAR")}, "MAP-IMPOSSIBLE-DATE", "error", ("vs.csv:3",)),
        ({"vs": VS.replace("02 MAR 2024", "soon       ")}, "MAP-UNREADABLE-DATE", "error",
         ("vs.csv:3",)),
        ({"vs": VS.replace("| 12     |", "| 11     |")}, "RAW-DUPLICATE-DIFFERS", "warning",
         ("vs.csv:2",)),
        ({"vs": VS.replace("0002", "0009")}, "RAW-NO-SUBJECT", "error", ("vs.csv:3",)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    look: Callable[..., ExportReport],
    forms: dict[str, str | None],
    rule: str,
    severity: str,
    sources: tuple[str, ...],
) -> None:
    report = look(forms)
    assert (rule, severity, sources) in _told(report)
    assert report.usable


def test_all_that_would_stop_a_build_is_told_at_once(look: Callable[..., ExportReport]) -> None:
    report = look({"dm.csv": "a,a\n1,2\n", "vs": VS.replace("| visit |", "| folder |"), "dm": None})
    assert not report.usable
    assert {(f.rule, f.severity) for f in report.findings} == {("RAW-UNUSABLE", "error")}
    assert sorted(f.message for f in report.findings) == [
        "dm.csv: column 'a' stands twice",
        "vs.csv: no column 'visit', which specs/raw.yaml:10 names",
    ]


def test_a_missing_cut_off_and_dictionary_are_told_with_the_forms(
    tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path]
) -> None:
    more = (
        "cutoff: {file: study.json, key: cutoff}\n"
        "dictionary: {items: {file: items.csv, form: form, item: item}}\n"
    )
    specs = tiny_specs({"raw.yaml": str(TINY_SPECS["raw.yaml"]) + more})
    report = check_raw(raw=tiny_export({"dm": None}), specs=specs)
    assert (report.usable, sorted(f.message for f in report.findings)) == (
        False,
        [
            "dm.csv: missing",
            "items.csv: the export's dictionary is missing",
            "study.json: missing",
        ],
    )


def test_a_cut_off_s_file_in_capitals_is_found(
    tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path]
) -> None:
    more = "cutoff: {file: study.json, key: cutoff}\n"
    specs = tiny_specs({"raw.yaml": str(TINY_SPECS["raw.yaml"]) + more})
    raw = tiny_export({"STUDY.JSON": '{"cutoff": "2025-12-31"}'})
    report = check_raw(raw=raw, specs=specs)
    assert (_told(report), report.usable) == ([], True)


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        ({}, 0),
        ({"vs": VS.replace("0002", "0009")}, 14),
        ({"vs": VS.replace("| visit |", "| folder |")}, 11),
    ],
)
def test_the_command_ends_with_the_code_of_what_it_found(
    tiny_specs: Callable[..., Path],
    tiny_export: Callable[..., Path],
    forms: dict[str, str],
    code: int,
) -> None:
    raw, specs = str(tiny_export(forms)), str(tiny_specs())
    result = CliRunner().invoke(main, ["check", "--raw", raw, "--specs", specs])
    assert result.exit_code == code, result.output
