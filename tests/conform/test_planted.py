"""A wrong value in every variable of a clean build: how many are told with dataset, variable, row."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from cdisc_hai.submit.transport import prepare
from tests.conform import planting
from tests.conform.conftest import Example

CAUGHT = 0.95
CAUGHT_OF_ANALYSIS = 0.80
"""What is left are figures of one study, which no rule knows: ``validate --derive`` tells them."""


Frames = dict[str, pd.DataFrame]


def _plain(frames: Mapping[str, pd.DataFrame]) -> Frames:
    """Datasets without their lineage."""
    return {
        name: frame[[c for c in frame.columns if c[:1] != "@"]].reset_index(drop=True)
        for name, frame in sorted(frames.items())
    }


@pytest.fixture(scope="module")
def written(example: Example) -> Frames:
    """The SDTM datasets as they would be written: without permissible variables that are empty."""
    return _plain(prepare(example.study, example.specs, example.sdtm).frames)


def _told(example: Example, frames: Frames, beside: Frames | None = None) -> tuple[int, list[str]]:
    """How many wrong values are told with dataset, variable and row; and those that are not."""
    before = planting.everything_told(example.study, frames, beside)
    caught, missed = 0, []
    for planted in planting.rounds(example.study, frames):
        spoiled = planting.spoiled(frames, planted)
        new = planting.everything_told(example.study, spoiled, beside) - before
        told = [one.found_in(new) for one in planted]
        caught += sum(told)
        missed += [str(one) for one, found in zip(planted, told, strict=True) if not found]
    return caught, missed


def test_a_wrong_value_in_each_variable_is_told_with_dataset_variable_and_row(
    example: Example, written: Frames
) -> None:
    caught, missed = _told(example, written)
    share = caught / (caught + len(missed))
    assert share >= CAUGHT, f"{share:.1%} of {caught + len(missed)}; not: {'; '.join(missed)}"


def test_a_wrong_value_in_each_analysis_variable_is_told_with_dataset_variable_and_row(
    example: Example, written: Frames
) -> None:
    caught, missed = _told(example, _plain(example.adam), written)
    share = caught / (caught + len(missed))
    told = f"{share:.1%} of {caught + len(missed)}; not: {'; '.join(missed)}"
    assert share >= CAUGHT_OF_ANALYSIS, told
