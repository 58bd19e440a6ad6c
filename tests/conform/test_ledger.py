"""What the ledger of the specs explains, what it does not, and what of it is stale."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cdisc_hai.build import conformance
from cdisc_hai.cli import main
from cdisc_hai.conform.core_report import compare_core, read_core_report
from cdisc_hai.conform.ledger import explain
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Explained


def entry(judge: str, rule: str, *datasets: str, **where: Any) -> Explained:
    return Explained(judge, rule, datasets, "it is right", where, "specs/explained.yaml:3")


def issue(dataset: str, row: int, **values: Any) -> dict[str, Any]:
    return {"dataset": dataset, "row": row, "values": values, "message": "wrong"}


def rule(name: str, *issues: dict[str, Any], status: str = "", **more: Any) -> dict[str, Any]:
    told = {"id": name, "message": "wrong", "issues": list(issues), "issue_count": len(issues)}
    return {**told, "status": status or ("issues" if issues else "pass"), **more}


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Path]:
    def write(*rules: dict[str, Any]) -> Path:
        path = tmp_path / "core.json"
        path.write_text(json.dumps({"results": rules}), encoding="utf-8")
        return path

    return write


def told(findings: Any) -> list[tuple[str, str, str, tuple[int, ...]]]:
    return [(f.rule, f.severity, f.dataset, f.rows) for f in findings]


def test_an_explained_finding_becomes_a_note_with_its_reason() -> None:
    findings = [Finding("X-1", "error", "odd", "AE"), Finding("X-1", "error", "odd", "LB")]
    first, second = explain(findings, [entry("own", "X-1", "AE")], judged={"AE", "LB"})
    assert (first.severity, first.explained) == ("note", "it is right")
    assert first.message == "odd; explained: it is right"
    assert second == findings[1]


def test_an_explanation_of_what_is_not_found_is_a_finding_where_the_dataset_was_judged() -> None:
    ledger = [entry("own", "X-1", "AE", "LB"), entry("core", "CORE-1", "AE")]
    found = explain([Finding("X-2", "error", "odd", "AE")], ledger, judged={"AE"})
    assert told(found) == [("X-2", "error", "AE", ()), ("LEDGER-STALE", "note", "AE", ())]
    assert found[1].spec == "specs/explained.yaml:3"


def test_issues_of_core_are_explained_by_rule_and_dataset(report: Callable[..., Path]) -> None:
    path = report(rule("CORE-1", issue("AE", 3), issue("LB", 5), issue("LB", 6)), rule("CORE-2"))
    compared = compare_core(read_core_report(path), [entry("core", "CORE-1", "LB")])
    assert told(compared.findings) == [("CORE-UNEXPLAINED", "error", "AE", (3,))]
    assert compared.explained == {("CORE-1", "LB"): 2}


def test_only_issues_that_fit_the_condition_of_an_entry_are_explained(
    report: Callable[..., Path],
) -> None:
    ledger = [entry("core", "CORE-1", "MH", MHSTDTC=["2023"]), entry("own", "CORE-1", "MH")]
    path = report(rule("CORE-1", issue("MH", 1, MHSTDTC="2023"), issue("MH", 2, MHSTDTC=None)))
    compared = compare_core(read_core_report(path), ledger)
    assert told(compared.findings) == [("CORE-UNEXPLAINED", "error", "MH", (2,))]


def test_an_entry_that_no_issue_answers_to_is_stale(report: Callable[..., Path]) -> None:
    ledger = [entry("core", "CORE-1", "AE", "LB"), entry("core", "CORE-9", "AE")]
    compared = compare_core(read_core_report(report(rule("CORE-1", issue("AE", 1)))), ledger)
    assert told(compared.findings) == [
        ("LEDGER-STALE", "warning", "LB", ()),
        ("LEDGER-STALE", "warning", "AE", ()),
    ]


def test_a_rule_that_failed_and_a_list_that_was_cut_are_told(report: Callable[..., Path]) -> None:
    cut = rule("CORE-1", issue("AE", 1), issue_count=300)
    path = report(cut, rule("CORE-2", status="error"))
    compared = compare_core(read_core_report(path), [entry("core", "CORE-1", "AE")])
    assert [f.rule for f in compared.findings] == ["CORE-REPORT-CUT", "CORE-NOT-RUN"]


def test_a_study_s_ledger_is_read_with_its_lines(
    tiny_specs: Callable[..., Path], report: Callable[..., Path]
) -> None:
    text = "core:\n  - {rule: CORE-1, datasets: VS, reason: so it is}\n"
    specs = tiny_specs({"explained.yaml": text})
    clean = conformance(report=report(rule("CORE-1", issue("VS", 1))), specs=specs)
    assert (clean.exit_code, clean.rules, clean.explained) == (
        0,
        {"issues": 1},
        {("CORE-1", "VS"): 1},
    )
    stale = conformance(report=report(rule("CORE-1")), specs=specs)
    assert (stale.exit_code, stale.findings[0].spec) == (16, "specs/explained.yaml:2")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("core:\n  - {rule: R, datasets: [A]}\n", "2: an explanation needs 'reason'"),
        ("cores: []\n", "1: no key 'cores' in explained.yaml; did you mean 'core'?"),
    ],
)
def test_a_fault_of_the_ledger_is_told_at_its_line(
    faults: Callable[..., list[str]], text: str, fault: str
) -> None:
    assert faults({"explained.yaml": text}) == [f"specs/explained.yaml:{fault}"]


@pytest.mark.parametrize("text", ["no json", "{}", '{"results": [{"id": 1}]}'])
def test_a_file_that_is_no_report_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "core.json"
    path.write_text(text)
    result = CliRunner().invoke(main, ["conformance", "--report", str(path)])
    assert result.exit_code == 2
    assert "no report of CORE" in result.output
