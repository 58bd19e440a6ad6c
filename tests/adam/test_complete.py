"""What derivations read and the SDTM lacks is empty, and told."""

from cdisc_hai.adam import AdamResult, run_adam, sdtm_tables
from tests.adam.small import ADSL, made, small_study
from tests.derive.drawn_dates import day, frame, same

DM = frame("""
    | USUBJID | AGE# |
    | A       | 60   |
""")
MORE = (
    ADSL
    + """
  - {name: AGE, label: Age, type: integer, derive: {op: copy_of, source: DM.AGE}}
  - {name: SEX, label: Sex, derive: {op: copy_of, source: DM.SEX}}
  - name: TRTSDT
    label: First dose
    type: sas_date
    derive: {op: earliest_day, sources: [{dataset: EX, where: {EXDOSE: {above: 0}}, date: EXSTDTC}]}
"""
)
SDTM = {
    "DM": DM.assign(SEX="F"),
    "EX": frame("""
        | USUBJID | EXSEQ# | EXDOSE# | EXSTDTC    |
        | A       | 1      | 10      | 2024-01-10 |
    """),
}


def told(result: AdamResult, rule: str) -> list[tuple[str, str, str]]:
    return [(f.severity, f.dataset, f.variable) for f in result.findings if f.rule == rule]


def without(tmp_path, dataset: str, variable: str) -> AdamResult:
    """The small study's ADaM, of SDTM that lacks a variable which its specs know."""

    study = small_study(tmp_path, SDTM, MORE)
    tables = {**SDTM, dataset: SDTM[dataset].drop(columns=variable)}
    return run_adam(study, sdtm_tables(tables), day("2025-12-31"))


def test_a_variable_that_the_sdtm_lacks_is_empty_and_a_warning(tmp_path):
    result = without(tmp_path, "DM", "SEX")
    same(result.frames["ADSL"], "| USUBJID | AGE# | SEX |\n| A | 60 | |")
    assert told(result, "ADAM-NO-VARIABLE") == [("warning", "DM", "SEX")]


def test_a_variable_of_a_condition_and_a_date_are_told_too(tmp_path):
    assert told(without(tmp_path, "EX", "EXDOSE"), "ADAM-NO-VARIABLE") == [
        ("warning", "EX", "EXDOSE")
    ]


def test_a_date_that_is_not_there_is_told(tmp_path):
    result = without(tmp_path, "EX", "EXSTDTC")
    assert told(result, "ADAM-NO-VARIABLE") == [("warning", "EX", "EXSTDTC")]
    same(result.frames["ADSL"], "| USUBJID | TRTSDT@ |\n| A | |")


def test_nothing_is_told_of_sdtm_that_has_what_is_read(tmp_path):
    assert told(made(tmp_path, SDTM, MORE), "ADAM-NO-VARIABLE") == []


def test_a_date_of_foreign_sdtm_that_is_none_is_told_with_its_record(tmp_path):
    exposure = SDTM["EX"].assign(EXSTDTC="2024-02-30")
    result = made(tmp_path, {**SDTM, "EX": exposure}, MORE)
    (finding,) = [f for f in result.findings if f.rule == "ADAM-NO-DATE"]
    assert (finding.severity, finding.dataset, finding.variable) == ("error", "EX", "EXSTDTC")
    assert finding.sources == ("EX:1",)
    assert finding.message == "'2024-02-30' is no date; derivations took it as empty"
