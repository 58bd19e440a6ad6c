"""Where the items of the forms go in SDTM."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.build.specs import study_of
from cdisc_hai.metadata.targets import Target, targets
from cdisc_hai.registry import operations


@pytest.fixture(scope="module")
def annotations() -> Callable[[str, str], list[str]]:
    found = targets(study_of(None), operations())
    return lambda form, item: [str(target) for target in found.get((form, item), ())]


def test_a_collected_item_names_its_variable(annotations: Callable[[str, str], list[str]]) -> None:
    assert annotations("ae", "aeterm") == ["AE.AETERM"]


def test_an_item_kept_as_a_qualifier_names_its_qnam(
    annotations: Callable[[str, str], list[str]],
) -> None:
    assert annotations("ae", "aeacnbev") == ["SUPPAE.QVAL when QNAM = AEACNBEV"]


def test_a_result_names_the_tests_that_it_is_the_result_of(
    annotations: Callable[[str, str], list[str]],
) -> None:
    assert "TR.TRORRES when TRTESTCD in (DIAMETER, LDIAM)" in annotations("tl", "tldiam")


def test_a_column_that_every_form_has_names_the_variables_of_its_own_form(
    annotations: Callable[[str, str], list[str]],
) -> None:
    assert annotations("tl", "recordid") == ["TR.TRSPID", "TU.TUSPID"]


SECOND = Path(__file__).parents[2] / "examples" / "second" / "specs"


@pytest.fixture(scope="module")
def of_second() -> Callable[[str, str], list[str]]:
    found = targets(study_of(SECOND), operations())
    return lambda form, item: [str(target) for target in found.get((form, item), ())]


def test_a_box_names_the_term_that_it_stands_for(
    of_second: Callable[[str, str], list[str]],
) -> None:
    assert of_second("medical_history", "mh_had___1") == ["MH.MHTERM = Hypertension"]
    assert of_second("medical_history", "mh_had___0") == []


def test_a_column_of_a_wide_form_names_the_test_that_it_is_the_result_of(
    of_second: Callable[[str, str], list[str]],
) -> None:
    assert of_second("laboratory", "lab_hb") == ["LB.LBORRES when LBTESTCD = HGB"]
    assert of_second("laboratory", "lab_hb_unit") == ["LB.LBORRESU when LBTESTCD = HGB"]


def test_an_item_that_no_dataset_holds_has_no_target(
    annotations: Callable[[str, str], list[str]],
) -> None:
    assert annotations("ae", "recordactive") == []


def test_targets_of_several_values_are_written_with_in() -> None:
    one = Target("TR", "TRORRES", when=("LDIAM",), topic="TRTESTCD")
    two = Target("TR", "TRORRES", when=("DIAMETER", "LDIAM"), topic="TRTESTCD")

    assert str(one) == "TR.TRORRES when TRTESTCD = LDIAM"
    assert str(two) == "TR.TRORRES when TRTESTCD in (DIAMETER, LDIAM)"
