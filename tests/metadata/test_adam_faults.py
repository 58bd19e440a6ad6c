"""Faults in the parts of ADaM specs that name variables: orders, matches, formulas, templates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = """\
dataset: ADSL
label: Subjects
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: USUBJID, label: Subject}
  - {name: A, label: A, type: float, derive: {op: value, value: 1}}
"""


@pytest.mark.parametrize(
    ("derive", "fault"),
    [
        ("{op: extreme_flag, order: [B]}", "no variable of ADSL 'B'"),
        (
            "{op: extreme_flag, order: [A downwards]}",
            "'A downwards' is to be a variable, or a variable and 'descending'",
        ),
        (
            "{op: merged_value, dataset: VS, value: VSORRES, order: [VSSEQU]}",
            "no variable of VS 'VSSEQU'; did you mean 'VSSEQ'?",
        ),
        (
            "{op: merged_value, dataset: VS, value: VSORRES, match: {A: VSSEG}}",
            "no variable of VS 'VSSEG'; did you mean 'VSSEQ'?",
        ),
        (
            "{op: merged_value, dataset: VS, value: VSORRES, match: {AA: VSSEQ}}",
            "no variable of ADSL 'AA'; did you mean 'A'?",
        ),
        ("{op: computed, formula: {summ: [A, 1]}}", "no word 'summ' in a formula; did you mean 'sum'?"),
        ("{op: computed, formula: {sum: [AA, 1]}}", "no variable of ADSL 'AA'; did you mean 'A'?"),
        (
            "{op: computed, formula: {sum: [A, true]}}",
            "a part of a formula is a number, a variable or a formula",
        ),
        ('{op: text_of, template: "{AA} of"}', "no variable of ADSL 'AA'; did you mean 'A'?"),
        (
            "{op: select, cases: [{when: {A: {above: AA}}, value: 1}]}",
            "no variable 'AA'; did you mean 'A'?",
        ),
        (
            "{op: select, cases: [{when: {A: {above: [1]}}, value: 1}]}",
            "'above' takes a number or a variable",
        ),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_told_wherever_it_stands(
    faults: Callable[..., list[str]], derive: str, fault: str
) -> None:
    spec = HEAD + f"  - {{name: X, label: X, derive: {derive}}}\n"
    assert faults({"adam/adsl.yaml": spec}) == [f"specs/adam/adsl.yaml:10: {fault}"]


def test_a_dataset_has_records_of_another_or_makes_its_own(
    faults: Callable[..., list[str]],
) -> None:
    none = HEAD.replace("from: DM\n", "")
    assert faults({"adam/adsl.yaml": none}) == [
        "specs/adam/adsl.yaml:1: ADSL needs 'from', or else 'parameters' or 'rows'"
    ]


def test_specs_that_only_analyse_need_no_layout_of_an_export_and_no_codelists(
    faults: Callable[..., list[str]],
) -> None:
    nothing = {
        "raw.yaml": None,
        "codelists.yaml": None,
        "sdtm/common.yaml": None,
        "sdtm/dm.yaml": None,
        "sdtm/vs.yaml": None,
    }
    assert faults({**nothing, "adam/adsl.yaml": HEAD}) == []


def test_a_population_goes_with_records_of_another_dataset(
    faults: Callable[..., list[str]],
) -> None:
    own = HEAD.replace("from: DM\n", "population: {A: 1}\n") + (
        "rows:\n  all: {derive: {op: records_of, dataset: DM, keep: [USUBJID]}}\n"
    )
    assert faults({"adam/adsl.yaml": own}) == [
        "specs/adam/adsl.yaml:1: 'population' is to be given to each of 'parameters' and 'rows'"
    ]


def test_a_formula_over_parts_takes_the_names_that_the_parts_have(
    faults: Callable[..., list[str]],
) -> None:
    derive = (
        "{op: computed_records, dataset: VS, value: VSORRES, parts: {KG: {VSORRES: A}}, "
        "once: {CM: {VSORRESU: B}}, formula: {quotient: [KG, KM]}}"
    )
    made = HEAD.replace("from: DM\n", "").replace("ADSL", "ADVS", 1) + (
        f"rows:\n  bmi: {{derive: {derive}}}\n"
    )
    told = faults({"adam/adsl.yaml": HEAD, "adam/advs.yaml": made})
    assert told == [
        "specs/adam/advs.yaml:10: no part 'KM'",
        "specs/adam/advs.yaml:10: no variable 'VSORRESU'; did you mean 'VSORRES'?",
    ]


COMMON = """\
AGE: {label: Age, type: float, derive: {op: copy_of, source: ADSL.A}}
SEX: {label: Sex, derive: {op: value, value: M}}
"""
OTHER = """\
dataset: ADVS
label: Vital Signs
class: BASIC DATA STRUCTURE
structure: One record per result
keys: [USUBJID]
from: VS
variables:
  - {name: USUBJID, label: Subject}
"""


def test_a_list_of_common_variables_is_as_good_as_an_entry_for_each(
    faults: Callable[..., list[str]],
) -> None:
    files = {"adam/adsl.yaml": HEAD, "adam/common.yaml": COMMON}
    assert faults({**files, "adam/advs.yaml": OTHER + "  - {use: [AGE, SEX]}\n"}) == []
    wrong = OTHER + "  - {use: [AGE,\n          SEXX], label: x}\n"
    assert faults({**files, "adam/advs.yaml": wrong}) == [
        "specs/adam/advs.yaml:10: 'label' cannot stand beside a list of common variables",
        "specs/adam/advs.yaml:10: no common variable 'SEXX'; did you mean 'SEX'?",
    ]


def test_variables_of_a_helper_need_no_label(faults: Callable[..., list[str]]) -> None:
    helper = OTHER.replace(", label: Subject", "")
    assert faults({"adam/adsl.yaml": HEAD, "adam/advs.yaml": helper}) == [
        "specs/adam/advs.yaml:8: variable 'USUBJID' needs 'label'"
    ]
    helper = helper.replace("from: VS", "from: VS\nsubmit: false")
    assert faults({"adam/adsl.yaml": HEAD, "adam/advs.yaml": helper}) == []
