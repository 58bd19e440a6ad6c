"""Every fault of a study's specs is told at its line, with a word that mends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import SpecError
from cdisc_hai.metadata.shapes import did_you_mean
from tests.conftest import TINY_SPECS

Faults = Callable[..., list[str]]

CHECK = "rule: R, message: m, mend: m"
THERE = "{op: is_present, variable: USUBJID}"
HEAD = {
    "dataset": "DM",
    "label": "Demographics",
    "class": "SPECIAL-PURPOSE",
    "structure": "One record per subject",
    "keys": "[USUBJID]",
    "records": "{subjects: {form: dm}}",
}


def _dm(*lines: str, **head: str) -> str:
    """DM with the given lines from line 9 on; ``head`` changes a line above them, "" drops it."""
    top = [f"{key}: {value}" for key, value in {**HEAD, **head}.items() if value]
    return "\n".join([*top, "variables:", "  - {use: USUBJID}", *lines]) + "\n"


def _sex(rest: str) -> str:
    """A text variable SEX at line 9."""
    return _dm(f"  - {{name: SEX, label: Sex, {rest}}}")


def _dm_faults(faults: Faults, text: str) -> list[str]:
    return faults({"sdtm/dm.yaml": text, "sdtm/vs.yaml": None})


def test_the_tiny_study_has_no_fault(faults: Faults) -> None:
    assert faults() == []
    assert _dm_faults(faults, _dm()) == []


def test_a_word_is_offered_only_where_it_is_close() -> None:
    assert did_you_mean("asign_ct", ["assign", "assign_ct"]) == "; did you mean 'assign_ct'?"
    assert did_you_mean("xyz", ["assign", "assign_ct"]) == ""


@pytest.mark.parametrize(
    ("variable", "fault"),
    [
        ("lable: x, map: {op: hardcode, value: M}",
         "no key 'lable' in variable 'SEX'; did you mean 'label'?"),
        ("map: {op: asign_ct, column: sex, recode: SEX}",
         "no operation 'asign_ct'; did you mean 'assign_ct'?"),
        ("map: {op: zzz}", "no operation 'zzz'"),
        ("map: {op: not_below}", "no operation 'not_below'"),
        ("map: {op: assign, colum: sex, column: sex}",
         "no key 'colum' in operation 'assign'; did you mean 'column'?"),
        ("map: {op: assign}", "the operation of 'SEX' needs 'column'"),
        ("map: {column: sex}", "the operation of 'SEX' needs 'op'"),
        ("codelist: SEXX, map: {op: assign, column: sex}",
         "no codelist 'SEXX'; did you mean 'SEX'?"),
        ("codelist: SEX, map: {op: hardcode, value: MM}",
         "'MM' is not a term of codelist 'SEX'; did you mean 'M'?"),
        ("codelist: SEX, map: {op: cases, cases: [{when: {sex: '1'}, value: M}, {value: U}]}",
         "'U' is not a term of codelist 'SEX'"),
        ("map: {op: assign_ct, column: sex, recode: SEXES}",
         "no recode 'SEXES'; did you mean 'SEX'?"),
        ("map: {op: decode, variable: SEX1, codelist: SEX}",
         "no variable of DM 'SEX1'; did you mean 'SEX'?"),
        ("map: {op: decode, variable: USUBJID, codelist: SX}",
         "no codelist 'SX'; did you mean 'SEX'?"),
        ("map: {op: assign, column: '@sitte'}", "no role '@sitte'; did you mean '@site'?"),
        ("map: {op: exists, dataset: DMM}", "no dataset 'DMM'; did you mean 'DM'?"),
        ("map: {op: exists, dataset: DM, where: {USUBJD: x}}",
         "no variable 'USUBJD'; did you mean 'USUBJID'?"),
        ("map: {op: lookup, value: DM.USUBJD}",
         "no variable of DM 'USUBJD'; did you mean 'USUBJID'?"),
        ("map: {op: lookup, value: DMX.USUBJID}",
         "'DMX.USUBJID' is to be DATASET.VARIABLE of a known dataset; did you mean 'DM'?"),
        ("map: {op: lookup, value: DM}",
         "'DM' is to be DATASET.VARIABLE of a known dataset; did you mean 'DM'?"),
        ("map: {op: lookup, value: DM.USUBJID, pick: middle}",
         "'pick' of 'lookup' is one of first, last"),
        ("map: {op: age_at, birth: USUBJID, at: USUBJID, day: first, month: 7}",
         "'first' is to be a number"),
        ("map: {op: age_at, birth: USUBJID, at: USUBJID, day: true, month: 7}",
         "'True' is to be a number"),
        ("map: {op: cases, cases: [{wen: {sex: x}, value: y}]}",
         "no key 'wen' in a case; did you mean 'when'?"),
        ("map: {op: cases, cases: [male]}", "a case is a mapping of when, value, column, variable"),
        ("map: {op: cases, cases: [{when: sex, value: y}]}",
         "a condition is a mapping of names to wanted values"),
        ("map: {op: cases, cases: [{when: {sex: {abov: 1}}, value: y}]}",
         "no condition 'abov'; did you mean 'above'?"),
        ("map: {op: choose, cases: [{when: {SEXX: x}, value: y}]}",
         "no variable 'SEXX'; did you mean 'SEX'?"),
        ("map: {op: earliest, sources: [{dataset: DM}]}", "a date_source needs 'date'"),
        ("map: {op: earliest, sources: [{dataset: DM, date: SEXX}]}",
         "no variable 'SEXX'; did you mean 'SEX'?"),
        ("map: {for: subject, op: hardcode, value: M}",
         "no records 'subject' in DM; did you mean 'subjects'?"),
        ("map: {op: hardcode, value: $ARM}",
         "no constant 'ARM' in study.yaml; did you mean 'ARMS'?"),
        ("type: txt, map: {op: hardcode, value: M}", "no type 'txt' for SEX; did you mean 'text'?"),
        ("keep: 'no', map: {op: hardcode, value: M}", "'keep' of variable 'SEX' is to be a flag"),
        ("core: Req", "variable 'SEX' needs 'map' or 'derive'"),
    ],
)  # fmt: skip
def test_a_fault_of_a_variable_is_told_at_its_line(
    faults: Faults, variable: str, fault: str
) -> None:
    assert _dm_faults(faults, _sex(variable)) == [f"specs/sdtm/dm.yaml:9: {fault}"]


def test_an_operation_that_is_no_mapping_is_a_fault(faults: Faults) -> None:
    assert _dm_faults(faults, _sex("map: assign")) == [
        "specs/sdtm/dm.yaml:9: the operation of 'SEX' is a mapping of names to values",
        "specs/sdtm/dm.yaml:9: the operation of 'SEX' needs 'op'",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("- {name: SEXX, map: {op: hardcode, value: M}}", "variable 'SEXX' needs 'label'"),
        ("- {use: USUBJD, name: SEX, label: Sex, map: {op: hardcode, value: M}}",
         "no common variable 'USUBJD'; did you mean 'USUBJID'?"),
        ("- {name: SEXLONGER, label: Sex, map: {op: hardcode, value: M}}",
         "name 'SEXLONGER' is over 8 bytes"),
        ("- {name: SEX, label: A label that is one byte longer than 40 b, "
         "map: {op: hardcode, value: M}}",
         "label of SEX has 41 bytes, at most 40"),
        ("- {name: SEX, label: 性别性别性别性别性别性别性别, map: {op: hardcode, value: M}}",
         "label of SEX has 42 bytes, at most 40"),
        ("- {name: USUBJID, label: Subject, map: {op: hardcode, value: M}}",
         "variable 'USUBJID' stands twice"),
    ],
)  # fmt: skip
def test_a_variable_that_no_xpt_file_can_hold_is_a_fault(
    faults: Faults, line: str, fault: str
) -> None:
    assert _dm_faults(faults, _dm(f"  {line}")) == [f"specs/sdtm/dm.yaml:9: {fault}"]


@pytest.mark.parametrize(
    "line",
    [
        "- {name: SEX45678, label: Sex, map: {op: hardcode, value: M}}",
        "- {name: SEX, label: A label that is exactly forty bytes long, "
        "map: {op: hardcode, value: M}}",
        "- {name: _A_NAME_OF_NO_FILE, keep: false, map: {op: hardcode, value: M}}",
    ],
)
def test_8_bytes_of_a_name_and_40_of_a_label_are_allowed(faults: Faults, line: str) -> None:
    assert _dm_faults(faults, _dm(f"  {line}")) == []


@pytest.mark.parametrize(
    ("head", "line", "fault"),
    [
        ({"label": ""}, 1, "a dataset needs 'label'"),
        ({"structure": ""}, 1, "a dataset needs 'structure'"),
        ({"keys": ""}, 1, "a dataset needs 'keys'"),
        ({"lable": "x"}, 7, "no key 'lable' in a dataset; did you mean 'label'?"),
        ({"keys": "[USUBJD]"}, 1, "key 'USUBJD' is no variable of DM; did you mean 'USUBJID'?"),
        ({"label": "[a]"}, 2, "'label' of a dataset is to be a text"),
        ({"records": "{subjects: {form: dmm}}"}, 6,
         "no form 'dmm' in raw.yaml; did you mean 'dm'?"),
        ({"records": "{subjects: {dataset: DMX}}"}, 6, "no dataset 'DMX'; did you mean 'DM'?"),
        ({"records": "{subjects: {gather: [{form: dmm, start: seen}]}}"}, 6,
         "no form 'dmm' in raw.yaml; did you mean 'dm'?"),
        ({"records": "{subjects: {form: dm, dataset: DM}}"}, 6,
         "records 'subjects' needs one of form, dataset, gather, rows, schedule"),
        ({"records": "{subjects: {form: dm, needs: [VX]}}"}, 6, "no dataset 'VX'"),
        ({"records": "{subjects: {schedule: visits, where: {plan: Y}}}"}, 6,
         "no variable 'plan'; did you mean 'planned'?"),
        ({"records": "{subjects: {form: dm, wher: {}}}"}, 6,
         "no key 'wher' in records 'subjects'; did you mean 'where'?"),
        ({"checks": f"[{{{CHECK}, severity: error, test: {{op: is_presnt, variable: USUBJID}}}}]"},
         7, "no operation 'is_presnt'; did you mean 'is_present'?"),
        ({"checks": f"[{{{CHECK}, severity: bad, test: {THERE}}}]"},
         7, "severity is one of error, warning, note"),
        ({"checks": f"[{{{CHECK}, severity: error, where: {{USUBJD: x}}, test: {THERE}}}]"},
         7, "no variable 'USUBJD'; did you mean 'USUBJID'?"),
        ({"checks": f"[{{{CHECK}, severity: error}}]"}, 7, "a check needs 'test'"),
    ],
)  # fmt: skip
def test_a_fault_of_a_dataset_is_told_at_its_line(
    faults: Faults, head: dict[str, str], line: int, fault: str
) -> None:
    assert _dm_faults(faults, _dm(**head)) == [f"specs/sdtm/dm.yaml:{line}: {fault}"]


def test_a_dataset_in_two_files_is_a_fault(faults: Faults) -> None:
    assert faults({"sdtm/vs.yaml": _dm()}) == [
        "specs/sdtm/vs.yaml:1: dataset 'DM' stands in two files"
    ]


def test_a_recode_that_gives_terms_of_another_list_is_a_fault(faults: Faults) -> None:
    lists = """\
        codelists:
          SEX: {terms: {F: {}, M: {}}}
          NY: {terms: {Y: {}, N: {}}}
        recodes:
          NY: {codelist: NY, terms: {"1": Y}}
        """
    variable = "codelist: SEX, map: {op: assign_ct, column: sex, recode: NY}"
    text = {"codelists.yaml": lists, "sdtm/dm.yaml": _sex(variable), "sdtm/vs.yaml": None}
    assert faults(text) == [
        "specs/sdtm/dm.yaml:9: recode 'NY' gives 'Y', which codelist 'SEX' of SEX does not have"
    ]


@pytest.mark.parametrize(
    ("lists", "fault"),
    [
        ("codelists: {}\nrecodes: {R: {codelist: SEX, terms: {}}}\n",
         "2: recode 'R': no codelist 'SEX'"),
        ("codelists: {SEX: {terms: {M: {}}}}\nrecodes:\n  R:\n    codelist: SEX\n"
         "    terms:\n      '1': M\n      '2': F\n",
         "7: 'F' is not a term of codelist 'SEX'"),
        ("codelists: {SEX: {terms: {M: {cod: C1}}}}\n",
         "1: no key 'cod' in term 'M'; did you mean 'code'?"),
        ("codelists: {SEX: {code: C1}}\n", "1: codelist 'SEX' needs 'terms'"),
    ],
)  # fmt: skip
def test_a_fault_of_a_codelist_is_told_at_its_line(faults: Faults, lists: str, fault: str) -> None:
    files = {"codelists.yaml": lists, "sdtm/dm.yaml": _dm(), "sdtm/vs.yaml": None}
    assert faults(files) == [f"specs/codelists.yaml:{fault}"]


STUDY = "format: 1\nid: TINY\ncutoff: {dataset: TS, variable: TSVAL}\nconstants: {LOWEST: 5}\n"


@pytest.mark.parametrize(
    ("study", "fault"),
    [
        (STUDY.replace("1", "2", 1),
         "1: format 2 of the specs is not known; this is format 1"),
        (STUDY.replace("format: 1\n", ""), "1: study.yaml needs 'format'"),
        (STUDY.replace("1", "one", 1), "1: 'format' of study.yaml is to be a number"),
        (STUDY.replace("{dataset: TS, variable: TSVAL}", "{where: {TSPARMCD: DCUTDTC}}"),
         "1: 'cutoff' needs 'dataset': where ADaM finds the data cut-off"),
        (STUDY.replace(", variable: TSVAL", ""),
         "1: 'cutoff' needs 'variable': where ADaM finds the data cut-off"),
        (STUDY.replace("dataset: TS, ", ""),
         "1: 'cutoff' needs 'dataset': where ADaM finds the data cut-off"),
        (STUDY.replace("id: TINY\n", ""), "1: study.yaml needs 'id'"),
        (STUDY + "titel: x\n", "5: no key 'titel' in study.yaml; did you mean 'title'?"),
        (STUDY + "visits:\n  - {name: A, numbr: 1}\n",
         "6: no key 'numbr' in a visit; did you mean 'number'?"),
        (STUDY + "imputations:\n  death: {to: centre}\n",
         "6: 'to' of imputation 'death' is 'first', 'last' or 'middle'"),
        (STUDY + "imputations:\n  death: {to: first, after: ADSL.LSTALVDT}\n",
         "6: imputation 'death': no ADaM variable 'ADSL.LSTALVDT'"),
        (STUDY + "imputations:\n  death: {to: last, bounds: [CUTOFF, ADSL.DTHDT]}\n",
         "6: imputation 'death': no ADaM variable 'ADSL.DTHDT'"),
    ],
)  # fmt: skip
def test_a_fault_of_the_study_is_told_at_its_line(faults: Faults, study: str, fault: str) -> None:
    assert faults({"study.yaml": study}) == [f"specs/study.yaml:{fault}"]


RAW = """\
columns: {site: site, subject: subject}
subject_key: [site, subject]
subjects_form: dm
date_formats: [YYYY-MM-DD]
forms: {dm: {}}
"""


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (RAW.replace("site: site, ", ""),
         "5: 'subject_key' is made of 'site', for which form 'dm' has no column"),
        (RAW.replace("site: site", "sit: site").replace("[site, subject]", "[subject]"),
         "1: no key 'sit' in 'columns'; did you mean 'site'?"),
        (RAW.replace("subjects_form: dm", "subjects_form: dx"),
         "1: 'subjects_form' names 'dx', no such form"),
        (RAW.replace("date_formats: [YYYY-MM-DD]\n", ""), "1: raw.yaml needs 'date_formats'"),
        (RAW.replace("{dm: {}}", "{dm: {dats: [x]}}"),
         "5: no key 'dats' in form 'dm'; did you mean 'dates'?"),
        (RAW.replace("{dm: {}}", "{dm: {file: ../dm.csv}}"),
         "5: '../dm.csv' is to be the plain name of a file of the export"),
        (RAW + "cutoff: {file: /etc/passwd, key: cutoff}\n",
         "6: '/etc/passwd' is to be the plain name of a file of the export"),
        (RAW + "dictionary:\n  items: {file: 'a\\b.csv', item: item}\n",
         "7: 'a\\b.csv' is to be the plain name of a file of the export"),
        (RAW.replace("{dm: {}}", "{dm: {not_submitted: [{where: {a: b}}]}}"),
         "5: 'not_submitted' needs 'reason'"),
        (RAW + "active_value: $ACTIVE\n", "6: no constant 'ACTIVE' in study.yaml"),
    ],
)  # fmt: skip
def test_a_fault_of_the_export_s_layout_is_told_at_its_line(
    faults: Faults, raw: str, fault: str
) -> None:
    files = {"raw.yaml": raw, "sdtm/dm.yaml": _dm(), "sdtm/vs.yaml": None}
    assert faults(files) == [f"specs/raw.yaml:{fault}"]


@pytest.mark.parametrize(
    ("lines", "circle"),
    [
        (["  - {name: A, label: a, map: {op: copy, variable: A}}"], "A <- A"),
        (["  - {name: A, label: a, map: {op: copy, variable: B}}",
          "  - {name: B, label: b, map: {op: copy, variable: A}}"], "A <- B <- A"),
        (["  - {name: A, label: a, map: {op: cases, cases: [{when: {'=B': x}, value: y}]}}",
          "  - {name: B, label: b, map: {op: copy, variable: A}}"], "A <- B <- A"),
        (["  - {name: A, label: a, map: {op: first_present, variables: [B]}}",
          "  - {name: B, label: b, map: {op: lookup, value: DM.A}}"], "DM.A <- DM.B <- DM.A"),
    ],
)  # fmt: skip
def test_variables_that_wait_for_one_another_are_a_fault(
    faults: Faults, lines: list[str], circle: str
) -> None:
    told = _dm_faults(faults, _dm(*lines))
    nodes = circle.split(" <- ")[:-1]
    turned = [nodes[i:] + nodes[:i] + [nodes[i]] for i in range(len(nodes))]
    assert told in [
        [f"specs/sdtm/dm.yaml:1: a circle of reads: {' <- '.join(turn)}"] for turn in turned
    ]


def test_datasets_made_of_one_another_are_a_fault(faults: Faults) -> None:
    of_vs = _dm(records="{subjects: {dataset: VS}}")
    of_dm = _dm(dataset="VS", records="{taken: {dataset: DM}}")
    told = faults({"sdtm/dm.yaml": of_vs, "sdtm/vs.yaml": of_dm})
    assert told in (
        ["specs/sdtm/dm.yaml:1: a circle of reads: DM <- VS <- DM"],
        ["specs/sdtm/vs.yaml:1: a circle of reads: VS <- DM <- VS"],
    )


ADSL = """\
dataset: ADSL
label: Subject-Level Analysis Dataset
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: USUBJID, label: Unique Subject Identifier, derive: {op: copy_of, source: DM.USUBJID}}
"""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{name: A, label: a, derive: {op: day_of, source: DM.USUBJID, impute: deth}}", None),
        ("{name: A, label: a, derive: {op: copy_of, source: DM.USUBJD}}",
         "no variable of DM 'USUBJD'; did you mean 'USUBJID'?"),
        ("{name: A, label: a, derive: {op: copy, variable: USUBJID}}",
         "no operation 'copy'; did you mean 'copy_of'?"),
        ("{name: A, label: a, derive: {op: earliest_day, "
         "sources: [{dataset: DM, date: USUBJID}], not_after: [CUTOF]}}",
         "'CUTOF' is to be DATASET.VARIABLE of a known dataset"),
    ],
)  # fmt: skip
def test_a_fault_of_an_adam_variable_is_told_at_its_line(
    faults: Faults, line: str, fault: str | None
) -> None:
    study = STUDY + "imputations: {death: {to: first}}\n"
    fault = fault or "no imputation 'deth'; did you mean 'death'?"
    told = faults({"study.yaml": study, "adam/adsl.yaml": f"{ADSL}  - {line}\n"})
    assert told == [f"specs/adam/adsl.yaml:9: {fault}"]


def test_a_paramcd_over_8_bytes_is_a_fault(faults: Faults) -> None:
    parameter = (
        "parameters:\n  TOOLONGER:\n    param: x\n"
        "    derive: {op: records_of, dataset: DM, take: {}}\n"
    )
    assert faults({"adam/adsl.yaml": ADSL + parameter}) == [
        "specs/adam/adsl.yaml:1: ADSL needs 'from', or else 'parameters' or 'rows'",
        "specs/adam/adsl.yaml:10: PARAMCD 'TOOLONGER' is over 8 bytes",
    ]


def test_a_missing_file_of_the_specs_is_a_fault(faults: Faults) -> None:
    told = faults({"codelists.yaml": None})
    assert "specs/codelists.yaml:1: the file is missing; a study's specs need it" in told


def test_a_missing_folder_of_specs_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="no such folder of specs"):
        study_of(tmp_path / "none")


def test_all_faults_are_told_at_once_by_file_and_line(faults: Faults) -> None:
    told = faults(
        {
            "study.yaml": STUDY + "titel: x\n",
            "sdtm/dm.yaml": _dm(
                "  - {name: SEX, label: Sex, map: {op: asign, column: sex}}",
                "  - {name: AGE, label: Age, type: number, map: {op: assign, column: age}}",
                "  - {name: X, label: X, map: {op: hardcode, value: $LOWST}}",
                keys="[SUBJECT]",
            ),
            "sdtm/vs.yaml": _dm(
                "  - {use: SEQ, name: T, label: T, map: {op: hardcode, value: x}}", dataset="VS"
            ),
        }
    )
    assert told == [
        "specs/sdtm/dm.yaml:1: key 'SUBJECT' is no variable of DM",
        "specs/sdtm/dm.yaml:9: no operation 'asign'; did you mean 'assign'?",
        "specs/sdtm/dm.yaml:10: no type 'number' for AGE",
        "specs/sdtm/dm.yaml:11: no constant 'LOWST' in study.yaml; did you mean 'LOWEST'?",
        "specs/sdtm/vs.yaml:9: no common variable 'SEQ'; did you mean '--SEQ'?",
        "specs/study.yaml:5: no key 'titel' in study.yaml; did you mean 'title'?",
    ]


def test_spec_faults_end_a_command_with_10(tiny_specs: Callable[..., Path]) -> None:
    with pytest.raises(SpecError) as caught:
        study_of(tiny_specs({"sdtm/dm.yaml": _dm(keys="[NO]")}))
    assert caught.value.exit_code == 10


@pytest.mark.parametrize(
    "records",
    [
        "{subjects: {form: dm, where: {sex: {abov: 1}}}}",
        "{subjects: {gather: [{form: dm, start: seen, where: {sex: {abov: 1}}}]}}",
    ],
)
def test_an_unknown_condition_of_records_is_a_fault(faults: Faults, records: str) -> None:
    told = _dm_faults(faults, _dm(records=records))
    assert told == ["specs/sdtm/dm.yaml:6: no condition 'abov'; did you mean 'above'?"]


def test_records_of_a_dataset_are_chosen_by_its_variables(faults: Faults) -> None:
    told = faults({"sdtm/vs.yaml": _dm(dataset="VS", records="{a: {dataset: DM, where: {SX: M}}}")})
    assert told == ["specs/sdtm/vs.yaml:6: no variable 'SX'; did you mean 'SEX'?"]


def test_an_unknown_condition_of_a_check_is_a_fault(faults: Faults) -> None:
    checks = (
        "[{rule: R, severity: error, message: m, mend: m, where: {USUBJID: {iss: present}}, "
        "test: {op: is_present, variable: USUBJID}}]"
    )
    told = _dm_faults(faults, _dm(checks=checks))
    assert told == ["specs/sdtm/dm.yaml:7: no condition 'iss'; did you mean 'is'?"]


def test_a_case_on_an_unknown_variable_of_the_record_is_a_fault(faults: Faults) -> None:
    told = _dm_faults(faults, _sex("map: {op: cases, cases: [{when: {'=SEXX': x}, value: y}]}"))
    assert len(told) == 1


@pytest.mark.parametrize("part", ["where: {SEXX: M}", "where: {SEX: {iss: present}}"])
def test_a_lookup_by_what_is_not_there_is_a_fault(faults: Faults, part: str) -> None:
    told = _dm_faults(faults, _sex(f"map: {{op: lookup, value: DM.USUBJID, {part}}}"))
    assert len(told) == 1


def test_a_row_operation_that_reads_a_variable_made_later_is_a_fault(faults: Faults) -> None:
    told = _dm_faults(
        faults,
        _dm(
            "  - {name: A, label: a, map: {op: copy, variable: B}}",
            "  - {name: B, label: b, map: {op: exists, dataset: DM}}",
        ),
    )
    assert len(told) == 1


@pytest.mark.parametrize(
    ("records", "fault"),
    [
        ("{gather: [{form: dm, start: seen, ende: seen}]}",
         "no key 'ende' in an entry of 'gather'; did you mean 'end'?"),
        ("{gather: [{form: dm}]}", "an entry of 'gather' needs 'start'"),
        ("{gather: dm}", "'gather' is to be a list of forms with their dates"),
        ("{form: dm, first: {date: seen}}", "'first' needs 'by'"),
        ("{rows: [x]}", "a row is a mapping of names to values"),
        ("{rows: x}", "'rows' is to be a list of mappings"),
    ],
)  # fmt: skip
def test_a_fault_within_records_is_told(faults: Faults, records: str, fault: str) -> None:
    told = _dm_faults(faults, _dm(records=f"{{a: {records}}}"))
    assert f"specs/sdtm/dm.yaml:6: {fault}" in told


def test_unknown_keys_of_parts_that_are_taken_as_they_stand_are_faults(faults: Faults) -> None:
    raw = TINY_SPECS["raw.yaml"] + (
        "dictionary:\n  items: {file: a.csv, item: i, lable: l}\n  codes: {file: b.csv}\n  suffix: x\n"
        "cutoff: {file: c.json, key: k, kye: k}\n"
    )
    assert faults({"raw.yaml": raw}) == [
        "specs/raw.yaml:12: no key 'lable' in 'dictionary.items'; did you mean 'label'?",
        "specs/raw.yaml:13: 'dictionary.codes' needs 'code'",
        "specs/raw.yaml:13: 'dictionary.codes' needs 'codelist'",
        "specs/raw.yaml:14: no key 'suffix' in 'dictionary'; did you mean 'suffixes'?",
        "specs/raw.yaml:15: no key 'kye' in 'cutoff'; did you mean 'key'?",
    ]


def test_a_common_entry_that_is_no_mapping_is_a_fault(faults: Faults) -> None:
    told = faults({"sdtm/common.yaml": "STUDYID: x\nUSUBJID: {}\n--SEQ: {}\n"})
    assert "specs/sdtm/common.yaml:1: 'STUDYID' is a mapping of names to values" in told


def test_a_dataset_without_a_name_casts_no_doubt_on_others(faults: Faults) -> None:
    told = faults({"sdtm/zz.yaml": "label: Nameless\n"})
    assert told == [
        f"specs/sdtm/zz.yaml:1: a dataset needs '{key}'"
        for key in ("class", "dataset", "keys", "structure", "variables")
    ]
