"""Every rule against the cases of its YAML file: drawn tables, and the records to be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from cdisc_hai.conform.judging import judge
from cdisc_hai.conform.rule import Rule
from cdisc_hai.conform.rules import every_rule
from cdisc_hai.conform.table import Folder, Header
from cdisc_hai.metadata import Codelist, Study, Term
from tests.conform.drawn import dataset, study, variable
from tests.drawn import frame

HERE = Path(__file__).parent
RULES = every_rule()


def cases_of(name: str) -> list[dict[str, Any]]:
    path = HERE / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []


CASES = [(rule, case) for rule in RULES.values() for case in cases_of(rule.id)]


def folder_of(case: dict[str, Any]) -> Folder:
    """The folder that a case draws; ``labels`` and ``lengths`` are those of its files."""
    frames = {name: frame(drawing) for name, drawing in case["tables"].items()}
    headers = {
        name: Header(
            said.get("label", ""),
            said.get("labels", {}),
            said.get("lengths", {}),
            said.get("formats", {}),
        )
        for name, said in case.get("headers", {}).items()
    }
    return Folder.of(frames, study_of(case) if "specs" in case else None, headers=headers)


def study_of(case: dict[str, Any]) -> Study:
    """Specs that bind the variables of ``specs`` to the lists of ``codelists``."""
    lists = {
        name: Codelist(
            name,
            said.get("code", ""),
            name,
            said.get("extensible", False),
            (
                *(Term(term) for term in said["terms"]),
                *(Term(term, extended=True) for term in said.get("extended", ())),
            ),
            "specs/codelists.yaml:1",
        )
        for name, said in case["codelists"].items()
    }
    datasets = {
        name: dataset(name, (), *(variable(v, codelist=c) for v, c in bound.items()))
        for name, bound in case["specs"].items()
    }
    return replace(study(), codelists=lists, sdtm=datasets)


def found_by(rule: Rule, folder: Folder) -> list[str]:
    """What a rule finds, each place as ``DATASET VARIABLE 1, 2``."""
    places: dict[str, set[int]] = {}
    for finding in judge(folder, rules=[rule]):
        place = " ".join(filter(None, (finding.dataset, finding.variable)))
        places.setdefault(place, set()).update(finding.rows)
    return sorted(" ".join([p, ", ".join(map(str, sorted(r)))]).strip() for p, r in places.items())


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_has_cases_that_keep_it_and_cases_that_break_it(name: str) -> None:
    kinds = {bool(case.get("found")) for case in cases_of(name)}
    assert kinds == {True, False}, f"tests/conform/rules/{name}.yaml"


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{r.id}: {c['case']}" for r, c in CASES])
def test_a_rule_finds_what_its_cases_say_and_nothing_else(rule: Rule, case: dict[str, Any]) -> None:
    assert found_by(rule, folder_of(case)) == sorted(case.get("found", []))


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_says_what_it_asks_and_how_to_mend_it(name: str) -> None:
    rule = RULES[name]
    assert rule.sentence.endswith(".") and rule.manual and rule.mend


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_does_not_mind_what_is_not_there(name: str) -> None:
    """Each variable of its cases left out, made of the other kind, or without any record."""
    for _, case in [pair for pair in CASES if pair[0].id == name]:
        frames = {table: frame(drawing) for table, drawing in case["tables"].items()}
        for table, whole in frames.items():
            judge(Folder.of({**frames, table: whole.iloc[:0]}), rules=[RULES[name]])
            judge(Folder.of({t: f for t, f in frames.items() if t != table}), rules=[RULES[name]])
            for column in whole.columns:
                text = not pd.api.types.is_numeric_dtype(whole[column])
                other = whole.assign(**{column: 1.0 if text else "a text"})
                for changed in (whole.drop(columns=column), other):
                    judge(Folder.of({**frames, table: changed}), rules=[RULES[name]])


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in HERE.glob("*.yaml")} <= set(RULES)
