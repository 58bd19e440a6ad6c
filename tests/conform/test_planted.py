"""A wrong value in every variable of a clean build: how many are told with dataset, variable, row."""

from __future__ import annotations

import pandas as pd
import pytest

from cdisc_hai.submit.transport import prepare
from tests.conform import planting
from tests.conform.conftest import Example

CAUGHT = 0.95


@pytest.fixture(scope="module")
def written(example: Example) -> dict[str, pd.DataFrame]:
    """The SDTM datasets as they would be written: without permissible variables that are empty."""
    frames = prepare(example.study, example.specs, example.sdtm).frames
    return {
        name: frame[[c for c in frame.columns if c[:1] != "@"]].reset_index(drop=True)
        for name, frame in sorted(frames.items())
    }


def test_a_wrong_value_in_each_variable_is_told_with_dataset_variable_and_row(
    example: Example, written: dict[str, pd.DataFrame]
) -> None:
    before = planting.everything_told(example.study, written)
    caught, missed = [], []
    for planted in planting.rounds(example.study, written):
        spoiled = planting.spoiled(written, planted)
        new = planting.everything_told(example.study, spoiled) - before
        for one in planted:
            (caught if one.found_in(new) else missed).append(str(one))
    share = len(caught) / len(caught + missed)
    assert share >= CAUGHT, f"{share:.1%} of {len(caught + missed)} told; not: {'; '.join(missed)}"
