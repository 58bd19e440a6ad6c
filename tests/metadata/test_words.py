"""What specs do in words, and where values come from: read off the spec beside each text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.origin import Origin, read_origin
from cdisc_hai.metadata.words import OriginTeller, Teller
from cdisc_hai.metadata.words.phrases import any_value, enumerated, listed, where_words
from cdisc_hai.metadata.words.sentence import filled
from cdisc_hai.registry import operations

LISTS = """\
codelists:
  SEX:
    code: C66731
    terms: {F: {code: C16576, decode: Female}, M: {code: C20197, decode: Male}}
recodes:
  SEX: {codelist: SEX, terms: {"1": M, "2": F}}
"""

VS = """\
dataset: VS
label: Vital Signs
class: FINDINGS
structure: One record per measurement
keys: [STUDYID, USUBJID, VSDTC]
records:
  taken: {form: vs}
  first: {form: dm}
variables:
  - {use: STUDYID}
  - {use: USUBJID}
  - {use: --SEQ}
  - {name: VSDTC, label: Date, type: partialDate, map: [{for: taken, op: iso8601, column: taken}, {for: first, op: iso8601, column: seen}]}
  - {name: VSORRES, label: Result, map: [{for: taken, op: cases, cases: [{when: {low: "1"}, value: LOW}, {column: result}]}]}
  - {name: VSTESTCD, label: Test, map: [{for: taken, op: assign_ct, column: test, recode: TEST}, {for: first, op: hardcode, value: AGE}]}
  - {name: _MM, label: x, type: float, keep: false, map: [{for: taken, op: convert, column: result, unit: unit, by: VSTESTCD, factors: {HT: {cm: 10, m: 1000}, WT: {kg: 1}}}]}
  - {name: VSSTRESN, label: Number, type: float, map: [{for: taken, op: cases, cases: [{when: {"=VSTESTCD": AGE}, value: null}, {variable: _MM}]}]}
  - {name: VSDY, label: Day, type: integer, map: {op: study_day, variable: VSDTC, reference: DM.RFDTC}}
"""

DM = """\
dataset: DM
label: Demographics
class: SPECIAL PURPOSE
structure: One record per subject
keys: [STUDYID, USUBJID]
records:
  subjects: {form: dm}
variables:
  - {use: STUDYID}
  - {use: USUBJID}
  - {name: SEX, label: Sex, codelist: SEX, map: {op: assign_ct, column: sex, recode: SEX}}
  - {name: SEXL, label: Sex in Words, map: {op: decode, variable: SEX, codelist: SEX}}
  - {name: RFDTC, label: Start, map: {op: lookup, value: XIN.INDTC, where: {REASON: "IN"}}}
  - {name: FL, label: Flag, map: {op: exists, dataset: XIN, where: {REASON: {not: [OUT, ""]}}}}
  - {name: SUBJ, label: Subject, map: {op: concat, columns: ["@site", "@subject"], separator: "-"}}
"""

HELPER = """\
dataset: XIN
label: Beginnings
class: HELPER
structure: One record per row
keys: [USUBJID]
submit: false
records:
  a: {form: dm, where: {seen: {is: present}}}
variables:
  - {use: USUBJID}
  - {name: INDTC, label: Date, type: partialDate, map: {op: iso8601, column: seen}}
  - {name: REASON, label: Reason, map: {op: hardcode, value: "IN"}}
"""

ADSL = """\
dataset: ADSL
label: Subject-Level Analysis Dataset
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: DM.USUBJID}}
  - {name: SEX, label: Sex, derive: {op: copy_of, source: DM.SEX}}
  - {name: STDT, label: Start, type: sas_date, derive: {op: latest_day, sources: [{dataset: VS, where: {VSTESTCD: HT}, date: VSDTC, impute: month}], at_most: CUTOFF}}
  - {name: OLDFL, label: Old, derive: {op: select, cases: [{when: {STDT: {is: absent}}, value: null}, {when: {STDT: {at_least: 65}}, value: Y}, {value: "N"}]}}
"""

ADTTE = """\
dataset: ADTTE
label: Time to Event
class: BASIC DATA STRUCTURE
structure: One record per subject per parameter
keys: [USUBJID, PARAMCD]
moments:
  BEGIN: {dataset: ADSL, date: STDT}
  SEEN: {dataset: VS, where: {VSTESTCD: HT}, date: VSDTC, pick: last, not_before: BEGIN, label: SEEN}
  LATE_ON: {from: BEGIN, plus_days: 30}
parameters:
  TTE:
    param: Time
    attributes: {AVALU: DAYS}
    derive:
      op: time_to_event
      start: BEGIN
      rules:
        - {when: [{present: SEEN}, any: [{earlier: [SEEN, LATE_ON]}, {absent: LATE_ON}]], date: SEEN, censor: 0}
        - {date: BEGIN, censor: 1, description: NOT SEEN}
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: ADSL.USUBJID}}
  - {name: PARAMCD, label: Code, derive: {op: record_value, name: PARAMCD}}
  - {name: AVAL, label: Value, type: integer, derive: {op: record_value, name: AVAL}}
  - {name: AVALU, label: Unit, derive: {op: record_value, name: AVALU}}
"""

STUDY = """\
format: 1
id: TINY
cutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}
imputations:
  month: {to: last, bounds: [CUTOFF]}
"""


@pytest.fixture
def study(tiny_study: Callable[..., Study]) -> Study:
    lists = LISTS + '  TEST: {terms: {"1": HT, "2": WT}}\n'
    return tiny_study(
        {
            "study.yaml": STUDY,
            "codelists.yaml": lists,
            "sdtm/vs.yaml": VS,
            "sdtm/dm.yaml": DM,
            "sdtm/xin.yaml": HELPER,
            "adam/adsl.yaml": ADSL,
            "adam/adtte.yaml": ADTTE.replace("any: [", "{any: [").replace(
                "LATE_ON}]]", "LATE_ON}]}]"
            ),
        }
    )


TEXTS = {
    "VS.VSDTC": """
        For form vs: taken in ISO 8601, without its unknown parts. For form dm: seen in ISO 8601, without its unknown parts.""",
    "VS.VSORRES": """
        The first of these that fits: "LOW" where low is "1"; otherwise result (form vs).""",
    "VS.VSSTRESN": """
        The first of these that fits: missing where VSTESTCD is "AGE"; otherwise MM.
        MM: result times the factor of its unit in unit, by VSTESTCD, in exact decimals: for "HT" cm = 10, m = 1000; for "WT" kg = 1 (form vs).""",
    "VS.VSDY": """
        Days from DM.RFDTC to VSDTC, plus 1 on or after it; there is no day 0.""",
    "VS.USUBJID": """
        The study identifier, the site and the subject's number, joined with "-".""",
    "DM.SEX": """
        sex recoded: "1" to "M", "2" to "F" (form dm).""",
    "DM.SUBJ": """
        The site and the subject's number joined with "-".""",
    "DM.RFDTC": """
        INDTC of 'Beginnings', of the subject's record for which REASON is "IN".
        'Beginnings': the records of form dm for which seen has a value.
        INDTC of 'Beginnings': seen in ISO 8601, without its unknown parts (form dm).
        REASON of 'Beginnings': Set to "IN".""",
    "DM.FL": """
        Y where the subject has a record of 'Beginnings' for which REASON is neither "OUT" nor missing.
        'Beginnings': the records of form dm for which seen has a value.
        REASON of 'Beginnings': Set to "IN".""",
    "ADSL.SEX": """
        DM.SEX.""",
    "ADSL.STDT": """
        The latest day of VS.VSDTC for which VSTESTCD is "HT" (partial dates by rule 'month'); a later day counts as the data cut-off.
        Rule 'month': a date without its day is taken as the last day of its month; never later than the data cut-off.""",
    "ADSL.OLDFL": """
        The first of these that fits: missing where STDT is missing; "Y" where STDT is at least 65; otherwise "N".""",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_variable_is_told_in_words_that_explain_what_is_not_written(
    study: Study, name: str
) -> None:
    dataset, variable = name.split(".")
    spec = study.sdtm.get(dataset) or study.adam[dataset]
    entry = spec.variable(variable)
    assert entry is not None
    told = Teller(study, operations()).variable(spec, entry)
    assert told == textwrap.dedent(TEXTS[name]).strip()


def test_known_values_leave_only_what_concerns_their_records(study: Study) -> None:
    vs = study.sdtm["VS"]
    told = Teller(study, operations()).variable(vs, vs.variables[-2], {"VSTESTCD": "WT"})
    assert told.splitlines()[0] == "MM."
    dates = Teller(study, operations()).variable(vs, vs.variables[3], {"VSTESTCD": "WT"})
    assert dates == "taken in ISO 8601, without its unknown parts (form vs)."


def test_a_parameter_is_told_with_its_rules_and_the_moments_they_name(study: Study) -> None:
    adtte = study.adam["ADTTE"]
    told = Teller(study, operations()).parameter(adtte, adtte.parameters[0], "AVAL")
    assert told.splitlines() == [
        "Days from BEGIN to the date of the first of these rules that fits, both included: "
        "(1) where there is a SEEN, and either SEEN lies before LATE ON or there is no LATE ON: "
        'SEEN (event); (2) otherwise: BEGIN (censored, CNSR 1, "NOT SEEN").',
        "BEGIN: ADSL.STDT.",
        'SEEN: the last VS.VSDTC for which VSTESTCD is "HT", on or after BEGIN.',
        "LATE ON: 30 days after BEGIN.",
    ]
    assert Teller(study, operations()).parameter(adtte, adtte.parameters[0], "AVALU") == (
        'Set to "DAYS".'
    )


ORIGINS = {
    "VS.STUDYID": [Origin("Protocol", "Sponsor")],
    "VS.USUBJID": [Origin("Derived", "Sponsor")],
    "VS.VSDTC": [Origin("Collected", "Investigator", "", (("dm", "seen"), ("vs", "taken")))],
    "VS.VSORRES": [Origin("Collected", "Investigator", "", (("vs", "low"), ("vs", "result")))],
    "VS.VSTESTCD": [
        Origin("Collected", "Investigator", "", (("vs", "test"),)),
        Origin("Assigned", "Sponsor"),
    ],
    "VS.VSSTRESN": [Origin("Derived", "Sponsor")],
    "VS.VSDY": [Origin("Derived", "Sponsor")],
    "DM.SEXL": [Origin("Collected", "Investigator", "", (("dm", "sex"),))],
    "DM.RFDTC": [Origin("Collected", "Investigator", "", (("dm", "seen"),))],
    "DM.FL": [Origin("Derived", "Sponsor")],
    "ADSL.SEX": [Origin("Predecessor", "Sponsor", "DM.SEX")],
    "ADSL.OLDFL": [Origin("Derived", "Sponsor")],
    "ADTTE.PARAMCD": [Origin("Assigned", "Sponsor")],
    "ADTTE.AVALU": [Origin("Assigned", "Sponsor")],
    "ADTTE.AVAL": [Origin("Derived", "Sponsor")],
}


@pytest.mark.parametrize("name", ORIGINS)
def test_origins_follow_from_the_operations(study: Study, name: str) -> None:
    dataset, variable = name.split(".")
    spec = study.sdtm.get(dataset) or study.adam[dataset]
    entry = spec.variable(variable)
    assert entry is not None
    assert list(OriginTeller(study, operations()).variable(spec, entry)) == ORIGINS[name]


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("CRF", Origin("Collected", "Investigator")),
        ("eDT", Origin("Collected", "Vendor")),
        ("Collected by Subject", Origin("Collected", "Subject")),
        ("Derived", Origin("Derived", "Sponsor")),
        ("Predecessor: DM.AGE", Origin("Predecessor", "Sponsor", "DM.AGE")),
        ("Not Available", Origin("Not Available", "")),
        ("Derived by Investigator", None),
        ("Predecessor", None),
        ("Assigned: DM.AGE", None),
        ("derived", None),
        ("", None),
    ],
)
def test_only_pairs_of_type_and_source_that_the_standard_has_are_origins(
    text: str, origin: Origin | None
) -> None:
    assert read_origin(text) == origin


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"A": "x"}, 'A is "x"'),
        ({"A": 3, "B": ["x", "y", "z"]}, 'A is 3 and B is "x", "y" or "z"'),
        ({"A": {"is": "present", "not": "8"}}, 'A has a value and is not "8"'),
        ({"A": {"not": ""}}, "A has a value"),
        ({"A": {"not": ["x", ""]}}, 'A is neither "x" nor missing'),
        ({"A": {"not": [1, 2, 3]}}, "A is none of 1, 2, 3"),
        ({"A": {"above": 0}}, "A is above 0"),
        ({"A": {"at_least_days": 42, "after": "B"}}, "A lies at least 42 days after B"),
        ({"A": ""}, "A is missing"),
    ],
)
def test_conditions_read_as_sentences(where: dict[str, object], words: str) -> None:
    assert where_words(where, str) == words


def test_lists_and_tables_read_as_sentences() -> None:
    assert listed(["A", "B", "C"], "or") == "A, B or C"
    assert enumerated(["A", "B for which C is 1"], "and") == "A; and B for which C is 1"
    assert any_value({"HAI": 1, "X": "X"}) == "HAI = 1, X"
    assert any_value(["NE", ["CR", "NED"]]) == '"NE", ("CR", "NED")'


def test_a_part_in_square_brackets_goes_where_its_parameter_is_not_given() -> None:
    given = {"a": "A", "b": "B"}
    assert filled("Of {a}[, by {b}][, not {c}].", given.get) == "Of A, by B."
    assert filled("Set to {c}.", given.get) == "Set to missing."
