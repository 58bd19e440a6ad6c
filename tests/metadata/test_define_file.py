"""specs/define.yaml: what it says is there, or told with its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ADSL = """\
dataset: ADSL
label: Subjects
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [STUDYID, USUBJID]
from: DM
variables:
  - {name: STUDYID, label: Study Identifier, derive: {op: copy_of, source: DM.STUDYID}}
  - {name: USUBJID, label: Unique Subject Identifier, derive: {op: copy_of, source: DM.USUBJID}}
  - {name: SEX, label: Sex, derive: {op: copy_of, source: DM.SEX}}
"""
RESULT = """\
displays:
  - name: Table 1
    title: Subjects
    results:
      - title: Subjects by sex
        reason: {reason}
        purpose: {purpose}
        datasets: [{{dataset: {dataset}, where: {where}, variables: [{variable}]}}]
        documentation: Counted.
        documents: [{{document: {document}, pages: [{page}]}}]
documents: {{PROTOCOL: {{title: Protocol, file: protocol.pdf}}}}
"""
RIGHT = {
    "reason": "SPECIFIED IN PROTOCOL", "purpose": "PRIMARY OUTCOME MEASURE", "dataset": "ADSL",
    "where": "{SEX: F}", "variable": "SEX", "document": "PROTOCOL", "page": "3",
}  # fmt: skip

Faults = Callable[..., list[str]]


def told(faults: Faults, text: str) -> list[str]:
    return faults({"adam/adsl.yaml": ADSL, "define.yaml": text})


def test_a_result_whose_names_are_all_there_has_no_fault(faults: Faults) -> None:
    assert told(faults, RESULT.format(**RIGHT)) == []


@pytest.mark.parametrize(
    ("key", "wrong", "message"),
    [
        ("reason", "BECAUSE", "'reason' is one of SPECIFIED IN PROTOCOL, "),
        ("purpose", "FUN", "'purpose' is one of PRIMARY OUTCOME MEASURE, "),
        ("dataset", "ADSK", "no ADaM dataset 'ADSK'; did you mean 'ADSL'?"),
        ("where", "{SEXX: F}", "no variable 'SEXX' in ADSL; did you mean 'SEX'?"),
        (
            "where",
            "{SEX: {is: present}}",
            "'SEX' of a result is to be a value, or a list of values",
        ),
        ("variable", "SEXX", "no variable 'SEXX' in ADSL; did you mean 'SEX'?"),
        ("document", "PROTOCOLL", "no document 'PROTOCOLL'; did you mean 'PROTOCOL'?"),
        ("page", "three", "'pages' is to be a list of numbers from 1"),
    ],
)
def test_a_result_that_names_what_is_not_there_is_told_with_its_line(
    faults: Faults, key: str, wrong: str, message: str
) -> None:
    (fault,) = told(faults, RESULT.format(**{**RIGHT, key: wrong}))
    assert fault.startswith("specs/define.yaml:")
    assert message in fault


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("documents: {A: {title: A, file: ../a.pdf}}", "is to be the plain name of a file"),
        ("documents: {A: {title: A, file: a.pdf, standard: send}}", "is one of sdtm, adam"),
        ("dictionaries: {MEDDRA: {dictionary: MedDRA, standard: meddra}}", "no 'meddra' in"),
        ("displays: [{name: T}]", "a display needs 'title'"),
        ("dictionary: {}", "no key 'dictionary' in define.yaml; did you mean 'dictionaries'?"),
    ],
)
def test_what_else_is_wrong_is_told(faults: Faults, text: str, message: str) -> None:
    assert any(message in fault for fault in told(faults, text))


def test_a_variable_names_a_dictionary_that_is_there(faults: Faults) -> None:
    coded = ADSL.replace("label: Sex,", "label: Sex, dictionary: MEDRA,")
    found = faults(
        {
            "adam/adsl.yaml": coded,
            "study.yaml": "format: 1\nid: TINY\nstandards: {meddra: '27.0'}\nvisits: [{name: DAY 1, number: 1}]\n"
            "constants: {LOWEST: 5, ARMS: [A, B]}\ncutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}\n",
            "define.yaml": "dictionaries: {MEDDRA: {dictionary: MedDRA, standard: meddra}}\n",
        }
    )
    assert found == [
        "specs/adam/adsl.yaml:10: no dictionary 'MEDRA' in define.yaml; did you mean 'MEDDRA'?"
    ]
