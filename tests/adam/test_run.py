"""ADaM datasets from drawn SDTM and the specs of a small study."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.adam import AdamResult, run_adam, sdtm_tables
from cdisc_hai.errors import DerivationError, SpecError
from cdisc_hai.metadata.choices import texts
from cdisc_hai.order import adam_order
from tests.adam.small import ADSL, made, small_study
from tests.derive.calls import study
from tests.derive.drawn_dates import day, frame, same

DM = frame("""
    | USUBJID | AGE# | DTHDTC  |
    | B       | 70   | 2024-03 |
    | A       | 60   |         |
""")
EX = frame("""
    | USUBJID | EXSEQ# | EXSTDTC    |
    | A       | 1      | 2024-01-10 |
    | A       | 2      | 2024-01-24 |
    | B       | 1      | 2024-01-12 |
""")
RS = frame("""
    | USUBJID | RSSEQ# | RSDTC      | RSSTRESC |
    | B       | 1      | 2024-02    | PR       |
    | A       | 1      | 2024-03-01 | SD       |
    | A       | 2      | 2024-04-26 | PD       |
""")
SDTM = {"DM": DM, "EX": EX, "RS": RS}

SUBJECTS = (
    ADSL
    + """
  - {name: _AGE1, type: float, keep: false, derive: {op: same_as, variable: AGE}}
  - {name: AGE, label: Age, type: integer, derive: {op: copy_of, source: DM.AGE}}
  - name: TRTSDT
    label: First dose
    type: sas_date
    derive: {op: earliest_day, sources: [{dataset: EX, date: EXSTDTC}]}
  - name: FIRSTPD
    label: First progression
    type: sas_date
    derive: {op: earliest_day, sources: [{dataset: XOVR, where: {AVALC: PD}, date: ADT}]}
  - name: DTHDT
    label: Death
    type: sas_date
    derive: {op: day_of, source: DM.DTHDTC, impute: first}
"""
)
HELPER = """
dataset: XOVR
label: Responses
class: HELPER
structure: One record per assessment
keys: [USUBJID, ADT]
submit: false
from: RS
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: RS.USUBJID}}
  - {name: ADT, label: Date, type: sas_date, derive: {op: day_of, source: RS.RSDTC, impute: last}}
  - {name: AVALC, label: Value, derive: {op: copy_of, source: RS.RSSTRESC}}
  - {name: SRCDOM, label: Source, derive: {op: value, value: RS}}
  - {name: SRCVAR, label: Source, derive: {op: value, value: RSSTRESC}}
  - {name: SRCSEQ, label: Source, type: integer, derive: {op: copy_of, source: RS.RSSEQ}}
"""
TIMES = """
dataset: ADTTE
label: Times
class: BASIC DATA STRUCTURE
structure: One record per subject per parameter
keys: [USUBJID, PARAMCD]
moments:
  TREATED: {dataset: ADSL, date: TRTSDT, label: FIRST DOSE}
  PD: {dataset: XOVR, where: {AVALC: PD}, date: ADT, label: PROGRESSION}
  SEEN: {dataset: XOVR, date: ADT, pick: last, label: LAST SEEN}
parameters:
  TTP:
    param: Time to progression
    attributes: {AVALU: DAYS}
    derive:
      op: time_to_event
      start: TREATED
      rules:
        - {when: [{present: PD}], date: PD, censor: 0}
        - {date: SEEN, censor: 1, description: NO PROGRESSION}
  ATP:
    param: An earlier name, a later place
    attributes: {AVALU: DAYS}
    population: {AGE: {at_least: 65}}
    derive: {op: time_to_event, start: TREATED, rules: [{date: SEEN, censor: 1}]}
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: ADSL.USUBJID}}
  - {name: ASEQ, label: Number, type: integer, derive: {op: sequence_number}}
  - {name: PARAMCD, label: Parameter, derive: {op: record_value, name: PARAMCD}}
  - {name: AVAL, label: Value, type: integer, derive: {op: record_value, name: AVAL}}
  - {name: AVALU, label: Unit, derive: {op: record_value, name: AVALU}}
  - {name: CNSR, label: Censor, type: integer, derive: {op: record_value, name: CNSR}}
  - {name: SRCSEQ, label: Source, type: integer, derive: {op: record_value, name: SRCSEQ}}
"""


def test_each_variable_is_made_after_what_it_reads_wherever_it_stands(tmp_path: Path) -> None:
    order = adam_order(small_study(tmp_path, SDTM, TIMES, SUBJECTS, HELPER))
    for first, then in (
        ("ADSL.AGE", "ADSL._AGE1"),
        ("XOVR.ADT", "ADSL.FIRSTPD"),
        ("XOVR.AVALC", "ADSL.FIRSTPD"),
        ("ADSL.TRTSDT", "ADTTE"),
        ("ADSL.AGE", "ADTTE"),
        ("ADTTE", "ADTTE.ASEQ"),
    ):
        assert order.index(first) < order.index(then), (first, then)


def test_a_dataset_has_the_rows_of_its_source_in_the_order_of_its_keys(tmp_path: Path) -> None:
    result = made(tmp_path, SDTM, SUBJECTS, HELPER)
    same(
        result.frames["ADSL"],
        """
        | USUBJID | AGE# | TRTSDT@    | FIRSTPD@   | DTHDT@     |
        | A       | 60   | 2024-01-10 | 2024-04-26 |            |
        | B       | 70   | 2024-01-12 |            | 2024-03-01 |
        """,
    )


def test_a_dataset_of_many_variables_takes_another_without_a_warning(tmp_path: Path) -> None:
    more = "".join(
        f"  - {{name: V{n}, label: Number {n}, derive: {{op: value, value: {n}}}}}\n"
        for n in range(120)
    )
    frame = made(tmp_path, {"DM": DM}, ADSL + more).frames["ADSL"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert frame.assign(NEW=1).shape[0] == len(DM)


def test_what_is_not_kept_and_what_is_not_submitted_is_not_written(tmp_path: Path) -> None:
    result = made(tmp_path, SDTM, SUBJECTS, HELPER)
    assert list(result.frames) == ["ADSL"]
    assert list(result.specs) == ["ADSL"]
    assert list(result.helpers) == ["XOVR"]
    assert "_AGE1" not in result.frames["ADSL"]


def test_each_row_names_its_record_and_each_value_its_own(tmp_path: Path) -> None:
    result = made(tmp_path, SDTM, SUBJECTS, HELPER)
    same(
        result.frames["ADSL"],
        """
        | USUBJID | @from | @from.AGE | @from.TRTSDT | @from.FIRSTPD | @from.DTHDT |
        | A       | DM:2  | DM:2      | EX:1         | XOVR:2        | DM:2        |
        | B       | DM:1  | DM:1      | EX:3         |               | DM:1        |
        """,
    )
    same(
        result.helpers["XOVR"],
        """
        | USUBJID | AVALC | @ref   | @from |
        | A       | SD    | XOVR:1 | RS:2  |
        | A       | PD    | XOVR:2 | RS:3  |
        | B       | PR    | XOVR:3 | RS:1  |
        """,
    )


def test_parameters_stand_in_the_order_of_the_keys_with_their_attributes(tmp_path: Path) -> None:
    result = made(tmp_path, SDTM, SUBJECTS, HELPER, TIMES)
    same(
        result.frames["ADTTE"],
        """
        | USUBJID | ASEQ# | PARAMCD | AVAL# | AVALU | CNSR# | SRCSEQ# | @from                |
        | A       | 1     | TTP     | 108   | DAYS  | 0     | 2       | XOVR:2;ADSL:1:TRTSDT |
        | B       | 1     | ATP     | 49    | DAYS  | 1     | 1       | XOVR:3;ADSL:2:TRTSDT |
        | B       | 2     | TTP     | 49    | DAYS  | 1     | 1       | XOVR:3;ADSL:2:TRTSDT |
        """,
    )


def test_an_imputed_date_is_told_with_its_record_its_variable_and_its_spec(tmp_path: Path) -> None:
    findings = made(tmp_path, SDTM, SUBJECTS, HELPER).findings
    told = {(f.rule, f.dataset, f.variable, f.sources, f.severity) for f in findings}
    assert told == {
        ("ADAM-DATE-IMPUTED", "ADSL", "DTHDT", ("DM:1:DTHDTC",), "warning"),
        ("ADAM-DATE-IMPUTED", "XOVR", "ADT", ("RS:1:RSDTC",), "warning"),
    }
    assert all(f.spec.startswith("specs/adam/ad") and f.mend for f in findings)


def test_a_dataset_that_is_not_there_is_taken_as_empty_and_told(tmp_path: Path) -> None:
    result = made(tmp_path, SDTM, SUBJECTS, HELPER, TIMES, there="DM")
    same(
        result.frames["ADSL"],
        """
        | USUBJID | TRTSDT@ | FIRSTPD@ |
        | A       |         |          |
        | B       |         |          |
        """,
    )
    assert len(result.frames["ADTTE"]) == 0
    absent = [f for f in result.findings if f.rule == "ADAM-NO-DATASET"]
    assert [(f.dataset, f.severity) for f in absent] == [("EX", "warning"), ("RS", "warning")]
    assert absent[0].message == "the SDTM has no EX; derivations took it as empty"


def test_a_partial_limit_takes_in_the_days_up_to_the_last_that_it_may_mean(tmp_path: Path) -> None:
    subjects = frame("""
        | USUBJID | DTHDTC     |
        | A       | 2024-03    |
        | B       | 2024-03-15 |
        | C       | 2024       |
        | D       |            |
    """)
    visits = frame("""
        | USUBJID | SVSEQ# | SVSTDTC    |
        | A       | 1      | 2024-03-31 |
        | A       | 2      | 2024-04-01 |
        | B       | 1      | 2024-03-15 |
        | B       | 2      | 2024-03-16 |
        | C       | 1      | 2024-12-31 |
        | C       | 2      | 2025-01-01 |
        | D       | 1      | 2025-12-31 |
        | D       | 2      | 2026-01-01 |
    """)
    spec = (
        ADSL
        + """
  - name: LSTALVDT
    label: Last alive
    type: sas_date
    derive:
      op: latest_day
      sources: [{dataset: SV, date: SVSTDTC}]
      not_after: [CUTOFF, DM.DTHDTC]
"""
    )
    same(
        made(tmp_path, {"DM": subjects, "SV": visits}, spec).frames["ADSL"],
        """
        | USUBJID | LSTALVDT@  | @from.LSTALVDT |
        | A       | 2024-03-31 | SV:1           |
        | B       | 2024-03-15 | SV:3           |
        | C       | 2024-12-31 | SV:5           |
        | D       | 2025-12-31 | SV:7           |
        """,
    )


def test_a_variable_that_cannot_be_derived_is_told_with_file_and_line(tmp_path: Path) -> None:
    derive = "{op: number_for, variable: USUBJID, table: {A: x}}"
    wrong = f"  - {{name: N, label: N, type: float, derive: {derive}}}\n"
    with pytest.raises(DerivationError, match=r"^specs/adam/ad0\.yaml:10: number_for failed: "):
        made(tmp_path, {"DM": DM}, ADSL + wrong)


def test_foreign_sdtm_needs_no_sdtm_specs(tmp_path: Path) -> None:
    study_alone = small_study(tmp_path, {}, ADSL)
    result = run_adam(study_alone, sdtm_tables({"DM": DM}), day("2025-12-31"))
    assert result.frames["ADSL"]["USUBJID"].tolist() == ["A", "B"]


def test_a_variable_with_two_derivations_is_refused(tmp_path: Path) -> None:
    two = "  - {name: X, label: X, derive: [{op: value, value: A}, {op: value, value: B}]}\n"
    with pytest.raises(SpecError):
        small_study(tmp_path, {"DM": DM}, ADSL + two)


def test_a_dataset_is_sorted_by_keys_that_are_derived(tmp_path: Path) -> None:
    responses = frame("""
        | USUBJID | RSSEQ# | RSDTC      | RSSTRESC |
        | A       | 1      | 2024-04-26 | PD       |
        | A       | 2      | 2024-03-01 | SD       |
    """)
    result = made(tmp_path, {**SDTM, "RS": responses}, SUBJECTS, HELPER)
    assert result.helpers["XOVR"]["AVALC"].tolist() == ["SD", "PD"]


def test_rows_alike_in_their_keys_keep_the_order_of_their_source(tmp_path: Path) -> None:
    responses = pd.DataFrame(
        {
            "USUBJID": "A",
            "RSSEQ": [float(n) for n in range(1, 12)],
            "RSDTC": "2024-03-01",
            "RSSTRESC": "SD",
        }
    )
    result = made(tmp_path, {**SDTM, "RS": responses}, SUBJECTS, HELPER)
    assert result.helpers["XOVR"]["SRCSEQ"].tolist() == [float(n) for n in range(1, 12)]


def test_a_number_copied_into_a_text_is_written_without_a_decimal_point(tmp_path: Path) -> None:
    spec = ADSL + "  - {name: AGEC, label: Age (C), derive: {op: copy_of, source: DM.AGE}}\n"
    assert made(tmp_path, {"DM": DM}, spec).frames["ADSL"]["AGEC"].tolist() == ["60", "70"]


# --- the study that is shipped, on a patient who dies on a partial date

PATIENT = {
    "DM": frame("""
        | STUDYID | USUBJID | ARMCD | RFICDTC    | DTHFL | DTHDTC  |
        | S       | A       | HAI   | 2023-12-20 | Y     | 2024-03 |
    """),
    "DS": frame("""
        | USUBJID | DSSEQ# | DSDECOD    | DSSTDTC    |
        | A       | 1      | RANDOMIZED | 2024-01-01 |
    """),
    "EX": frame("""
        | USUBJID | EXSEQ# | EXDOSE# | EXROUTE     | EXSTDTC    | EXENDTC    |
        | A       | 1      | 85      | INTRAVENOUS | 2024-01-08 | 2024-01-08 |
    """),
    "TU": frame("""
        | USUBJID | TUSEQ# | TUSTRESC | TUDTC      |
        | A       | 1      | TARGET   | 2023-12-22 |
    """),
    "RS": frame("""
        | USUBJID | RSSEQ# | RSTESTCD | RSSTRESC | RSDTC      |
        | A       | 1      | OVRLRESP | SD       | 2024-02-26 |
    """),
    "SV": frame("""
        | USUBJID | SVSEQ# | VISITNUM# | SVSTDTC    | SVENDTC |
        | A       | 1      | 3         | 2024-03-17 |         |
    """),
}


@pytest.fixture(scope="module")
def shipped() -> AdamResult:
    """The datasets of the shipped specs over the patient."""
    return run_adam(study(), sdtm_tables(PATIENT), day("2025-12-31"))


def until_death(shipped: AdamResult) -> pd.DataFrame:
    times = shipped.frames["ADTTE"]
    return times[times["PARAMCD"].isin(["OS", "OSR", "PFS"])]


def test_the_shipped_specs_take_a_death_without_day_as_the_day_after_last_alive(
    shipped: AdamResult,
) -> None:
    same(
        shipped.frames["ADSL"],
        """
        | USUBJID | RANDDT@    | TRTSDT@    | LSTALVDT@  | DTHDT@     | DTHDTF | FASFL | TRT01A |
        | A       | 2024-01-01 | 2024-01-08 | 2024-03-17 | 2024-03-18 | D      | Y     | SYS    |
        """,
    )
    same(
        until_death(shipped),
        """
        | USUBJID | PARAMCD | STARTDT@   | ADT@       | AVAL# | CNSR# | EVNTDESC | SRCVAR |
        | A       | OS      | 2024-01-08 | 2024-03-18 | 71    | 0     | DEATH    | DTHDT  |
        | A       | OSR     | 2024-01-01 | 2024-03-18 | 78    | 0     | DEATH    | DTHDT  |
        | A       | PFS     | 2024-01-01 | 2024-03-18 | 78    | 0     | DEATH    | DTHDT  |
        """,
    )


def test_the_shipped_specs_flag_the_time_to_an_imputed_death(shipped: AdamResult) -> None:
    assert until_death(shipped)["ADTF"].tolist() == ["D", "D", "D"]


def test_a_check_of_an_adam_dataset_tells_the_records_that_fail(tmp_path):
    checks = """
checks:
  - rule: TOO-OLD
    severity: warning
    message: over seventy
    mend: correct the age
    where: {USUBJID: B}
    test: {op: none_of, variable: AGE, values: [60, 70]}
"""
    result = made(tmp_path, SDTM, SUBJECTS + checks, HELPER)
    told = [(f.rule, f.severity, f.sources) for f in result.findings if f.dataset == "ADSL"]
    assert ("TOO-OLD", "warning", ("ADSL:2:AGE",)) in told
    assert sum(rule == "TOO-OLD" for rule, _, _ in told) == 1


def test_a_dataset_may_have_the_records_of_a_population_alone(tmp_path: Path) -> None:
    events = """
dataset: ADAE
label: Events
class: OCCURRENCE DATA STRUCTURE
structure: One record per event
keys: [USUBJID, AETERM]
from: AE
population: {SAFFL: "Y"}
variables:
  - {name: USUBJID, label: Subject}
  - {name: AETERM, label: Term}
"""
    flag = "  - {name: SAFFL, label: Flag, derive: {op: has_record, sources: [{dataset: EX}]}}\n"
    sdtm = {
        "DM": frame("| USUBJID |\n| A |\n| B |"),
        "EX": frame("| USUBJID | EXSEQ# |\n| A | 1 |"),
        "AE": frame("| USUBJID | AETERM |\n| A | ITCH |\n| B | RASH |\n| C | FALL |"),
    }
    result = made(tmp_path, sdtm, ADSL + flag, events)
    assert result.frames["ADAE"]["AETERM"].tolist() == ["ITCH"]


def test_a_record_of_another_analysis_dataset_keeps_its_own_values_whenever_they_are_made(
    tmp_path: Path,
) -> None:
    # ADSUB takes its records by PARAMCD; FLAG and the order of XLB are made only after that name
    helper = """
dataset: XLB
label: Results
class: HELPER
structure: One record per result
keys: [USUBJID, ZDAY]
submit: false
from: LB
variables:
  - {name: USUBJID}
  - {name: PARAMCD, derive: {op: copy_of, source: LB.LBTESTCD}}
  - {name: ZDAY, type: integer, derive: {op: copy_of, source: LB.LBDY}}
  - {name: ZFLAG, derive: {op: select, cases: [{when: {ZDAY: {above: 1}}, value: "Y"}]}}
"""
    subset = """
dataset: ADSUB
label: Some results
class: BASIC DATA STRUCTURE
structure: One record per result
keys: [USUBJID, DAY]
from: XLB
where: {PARAMCD: ALT}
variables:
  - {name: USUBJID, label: Subject}
  - {name: DAY, label: Day, type: integer, derive: {op: copy_of, source: XLB.ZDAY}}
  - {name: ZFLAG, label: Flag}
"""
    sdtm = {
        "DM": frame("| USUBJID |\n| A |"),
        "LB": frame("""
            | USUBJID | LBSEQ# | LBTESTCD | LBDY# |
            | A       | 1      | ALT      | 28    |
            | A       | 2      | AST      | 1     |
            | A       | 3      | ALT      | 1     |
            | A       | 4      | ALT      | 14    |
        """),
    }
    result = made(tmp_path, sdtm, ADSL, helper, subset)
    same(
        result.frames["ADSUB"],
        """
        | USUBJID | DAY# | ZFLAG |
        | A       | 1    |       |
        | A       | 14   | Y     |
        | A       | 28   | Y     |
        """,
    )
    assert texts(result.frames["ADSUB"]["@from"]).tolist() == ["XLB:2", "XLB:3", "XLB:4"]
