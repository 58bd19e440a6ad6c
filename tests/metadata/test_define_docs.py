"""The example of docs/define.md is a define.yaml without a fault, and its table names the rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.metadata.test_define_file import ADSL

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "define.md").read_text("utf-8")


def test_the_example_of_the_manual_has_no_fault(faults: Callable[..., list[str]]) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    study = (
        "format: 1\nid: TINY\nstandards: {meddra: '27.0'}\nvisits: [{name: DAY 1, number: 1}]\n"
        "constants: {LOWEST: 5, ARMS: [A, B]}\n"
        "cutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}\n"
    )
    assert faults({"study.yaml": study, "adam/adsl.yaml": ADSL, "define.yaml": example}) == []


def test_the_manual_has_a_line_for_every_rule_of_the_defines() -> None:
    told = set(re.findall(r"DEFINE-([A-Z-]+)", MANUAL))
    source = "".join(
        path.read_text("utf-8")
        for folder in ("define_check", "define")
        for path in (ROOT / "src" / "cdisc_hai" / "submit" / folder).glob("*.py")
    )
    rules = set(re.findall(r"(?:\.tell|tell)\(\s*\"([A-Z-]+)\"", source))
    assert rules | {"STALE", "UNREADABLE", "RESULT-WITHOUT-DATA"} == told
