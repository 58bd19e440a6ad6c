"""docs/rules.md lists the rules that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.conform.rules import every_rule

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
LINES = {line.split(" | ")[0].strip("| "): line for line in PAGE.splitlines() if "| " in line}


@pytest.mark.parametrize("name", sorted(every_rule()))
def test_a_rule_stands_on_the_page_with_its_sentence_and_public_ids(name: str) -> None:
    rule = every_rule()[name]
    assert name in LINES, "run python tools/rules_page.py"
    for part in (rule.sentence, rule.severity, *rule.public):
        assert part in LINES[name], "run python tools/rules_page.py"


def test_a_row_of_what_submissions_fail_on_names_rules_that_there_are() -> None:
    rows = PAGE.partition("## What submissions fail on")[2].partition("## ")[0].splitlines()
    told = [
        row.split("|")[3] for row in rows if row.startswith("| ") and row[2:4].strip().isdigit()
    ]
    assert len(told) == 26
    named = {word.strip("`,;. ") for cell in told for word in cell.split() if word[0] == "`"}
    rules = {name for name in named if name.isupper() and "-" in name}
    assert rules and {name for name in rules if not name.startswith("CONTRACT")} <= set(
        every_rule()
    )


def test_public_ids_have_the_form_of_their_publisher() -> None:
    import re  # noqa: PLC0415 - for this test alone

    form = re.compile(r"CORE-\d{6}|CG\d{4}|FB\d{4}|SD\d{4}|AD\d{4}|CT\d{4}|\d+|[A-Z]+-?\d+\w*")
    for rule in every_rule().values():
        for public in rule.public:
            assert form.fullmatch(public), (rule.id, public)
