"""The manual of the operations is made from the cases, and every example of it is a spec."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdisc_hai.metadata.spots import read_spots
from cdisc_hai.registry import operations
from tests.mapping.manual import manual

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "operations.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "mapping.md").read_text(encoding="utf-8")
STAGES = ("row", "whole", "check")
NAMES = [o.name for o in operations().values() if o.stage in STAGES]


def _examples(page: str) -> list[str]:
    return [e for e in re.findall(r"`(\{op: [^`]+\})`", page) if "{op: NAME" not in e]


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_has_every_operation_with_the_sentence_of_define_xml(name: str) -> None:
    part = PAGE.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
    told = f"Define-XML: {operations()[name].sentence}\n"
    assert told in part, "run: python tools/make_operations.py"
    assert part.partition("Define-XML:")[0] in manual()


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_has_an_example(name: str) -> None:
    assert any(e.startswith((f"{{op: {name},", f"{{op: {name}}}")) for e in _examples(PAGE))


@pytest.mark.parametrize("page", ["operations.md", "mapping.md"])
def test_every_example_is_an_operation_with_its_parameters(page: str, tmp_path: Path) -> None:
    known = operations()
    for example in _examples((DOCS / page).read_text(encoding="utf-8")):
        path = tmp_path / "example.yaml"
        path.write_text(f"map: {example}\n", encoding="utf-8")
        faults: list[object] = []
        step = read_spots(path, page, faults).plain()["map"]
        assert faults == [], example
        operation = known[step.pop("op")]
        step.pop("for", None)
        assert set(step) <= set(operation.params), example
        needed = {n for n, p in operation.params.items() if p.required}
        assert needed <= set(step), example


@pytest.mark.parametrize("name", [n for n in NAMES if operations()[n].stage != "check"])
def test_the_guide_for_new_users_explains_every_operation(name: str) -> None:
    assert re.search(rf"\*\*{name}\*\*", GUIDE), f"mapping.md does not explain {name}"


@pytest.mark.parametrize("name", [n for n in NAMES if operations()[n].stage == "check"])
def test_the_guide_for_new_users_lists_every_test_of_checks(name: str) -> None:
    assert f"| `{name}` |" in GUIDE
