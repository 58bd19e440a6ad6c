"""The whole example: nothing is told of what is right, everything of what is planted."""

from __future__ import annotations

from typing import Any

import pytest

from cdisc_hai.conform import check_frame, related_findings
from cdisc_hai.metadata import Variable
from cdisc_hai.sdtm.specs import spec_of
from tests.conform.conftest import Example

ROW = 7
PLANTED = ("TR", "AE", "ADSL")


def test_the_example_keeps_every_contract(example: Example) -> None:
    found = list(related_findings(example.study, example.frames))
    for name, frame in example.frames.items():
        dataset = spec_of(example.study, name)
        assert dataset is not None
        found += check_frame(example.study, dataset, frame)
    told = [(f.rule, f.dataset, f.variable, f.message) for f in found if f.severity == "error"]
    assert told == []


def wrong(variable: Variable) -> Any:
    """A value that the variable must not have."""
    if variable.type in ("integer", "sas_date"):
        return 1.5
    if not variable.is_text:
        return "a text"
    if variable.codelist:
        return "NO TERM"
    return "2023-02-30" if variable.type != "text" else "x" * 201


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_value_is_caught_in_its_dataset_variable_and_row(
    example: Example, name: str
) -> None:
    frame, dataset = example.frames[name], spec_of(example.study, name)
    assert dataset is not None
    before = set(check_frame(example.study, dataset, frame))
    planted = [v for v in dataset.submitted if v.name in frame.columns]
    assert planted
    for variable in planted:
        value = wrong(variable)
        if isinstance(value, str) and not variable.is_text:
            spoiled = frame.astype({variable.name: object})
        else:
            spoiled = frame.copy()
        spoiled.loc[ROW - 1, variable.name] = value
        found = set(check_frame(example.study, dataset, spoiled)) - before
        places = {(f.dataset, f.variable, f.rows) for f in found}
        assert (name, variable.name, (ROW,)) in places, variable.name
        assert {f.spec for f in found if f.variable == variable.name} == {variable.at}
