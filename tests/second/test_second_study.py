"""The second study: another disease, another EDC system, and no code.

Expected values are read off the export by hand; the line is told beside each.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import cdisc_hai.derive
import cdisc_hai.mapping  # noqa: F401 - registers the operations, as the line above does
from cdisc_hai.adam import AdamResult, cutoff_of, run_adam, sdtm_tables
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import load_study
from cdisc_hai.metadata.dates import day_of_iso
from cdisc_hai.raw import RawExport, read_export
from cdisc_hai.registry import operations
from cdisc_hai.sdtm import SdtmResult, run_sdtm
from tests.second.planted import plant

FOLDER = Path(__file__).parents[2] / "examples" / "second"


@dataclass(frozen=True)
class Road:
    """The study from its export to ADaM."""

    export: RawExport
    sdtm: SdtmResult
    adam: AdamResult
    findings: tuple[Finding, ...]


def travelled(raw: Path) -> Road:
    study = load_study(FOLDER / "specs", operations())
    export = read_export(raw, study)
    sdtm = run_sdtm(study, export)
    tables = sdtm_tables(
        {n: f[[c for c in f if not c.startswith("@")]] for n, f in sdtm.frames.items()}
    )
    cutoff = cutoff_of(study, sdtm.frames)
    assert cutoff == day_of_iso("2024-06-30")
    adam = run_adam(study, tables, cutoff)
    return Road(export, sdtm, adam, merged([*export.findings, *sdtm.findings, *adam.findings]))


@pytest.fixture(scope="module")
def road() -> Road:
    return travelled(FOLDER / "raw")


Planted = tuple[Road, dict[str, str]]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The road from a copy with faults, and the lines on which they stand."""
    raw = tmp_path_factory.mktemp("planted") / "raw"
    places = plant(FOLDER / "raw", raw)
    return travelled(raw), places


def one(frame: pd.DataFrame, **values: object) -> pd.Series:
    """The one record that has these values."""
    for name, value in values.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, f"{len(frame)} records with {values}"
    return frame.iloc[0]


def test_a_study_is_specs_and_an_export_and_no_program() -> None:
    assert {p.suffix for p in FOLDER.rglob("*") if p.is_file()} == {".csv", ".json", ".md", ".yaml"}


def test_sdtm_has_a_record_for_every_row_that_counts(road: Road) -> None:
    """AE: 45 rows, less a late one. VS: 136 rows, less a late one, five columns each, 34 heights.

    RS: 136 rows, less a late one and one not done, five columns each, and the one not done. DS: 34
    consents, 28 randomisations, 22 ends of treatment, 26 ends of study. SE: 34 screened, 27
    treated, 22 ended. CM: 85 rows. LB: 116 rows, four tests each. MH: 48 ticked boxes and 15 others.
    SUPPCM: five medications with two reasons. SV: a record a visit with a dated form.
    """
    assert {name: len(frame) for name, frame in road.sdtm.frames.items()} == {
        "AE": 45 - 1,
        "CM": 85,
        "DM": 34,
        "DS": 34 + 28 + 22 + 26,
        "EX": 29,
        "LB": 116 * 4,
        "MH": 48 + 15,
        "RS": 134 * 5 + 1,
        "SE": 34 + 27 + 22,
        "SUPPAE": 44,
        "SUPPCM": 5 * 2,
        "SUPPDM": 34 * 3 + 28 * 2,
        "SV": 135,
        "TA": 2 * 3,
        "TE": 4,
        "TS": 38,
        "TV": 6,
        "VS": 135 * 5 + 34,
    }


def test_adam_has_its_records(road: Road) -> None:
    assert {name: len(frame) for name, frame in road.adam.frames.items()} == {
        "ADDAS": 134,
        "ADSL": 34,
        "ADTTE": 27,
    }


def test_every_raw_row_has_a_fate(road: Road) -> None:
    unaccounted = road.export.accounting.unaccounted(road.sdtm.mapped)
    assert {form: rows for form, rows in unaccounted.items() if rows} == {}


def test_the_export_as_it_is_builds_without_a_fault(road: Road) -> None:
    """What is told is three records after the cut-off, which are left out."""
    assert [(f.rule, f.severity, f.sources) for f in road.findings] == [
        ("RAW-AFTER-CUTOFF", "note", ("adverse_events.csv:46",)),
        ("RAW-AFTER-CUTOFF", "note", ("disease_score.csv:115",)),
        ("RAW-AFTER-CUTOFF", "note", ("vital_signs.csv:115",)),
    ]


FAULTS = [
    ("RAW-SECOND-RECORD", "error", "RA201-1007"),
    ("RAW-TWICE", "error", "again RA201-1013,Logs,Nordhaven,Adverse events,1,"),
    ("RAW-NO-SUBJECT", "error", "RA201-9999"),
    ("MAP-IMPOSSIBLE-DATE", "error", "RA201-1017,Week 4,"),
    ("MAP-UNREADABLE-DATE", "error", "RA201-1013,Week 4,"),
    ("RS-SCORE-WITHOUT-DATE", "error", "RA201-1013,Week 4,"),
    ("MAP-UNKNOWN-VISIT", "error", "RA201-1008,Week 8,"),
    ("MAP-NOT-A-NUMBER", "error", "RA201-1005,Week 8,"),
    ("MAP-UNKNOWN-UNIT", "error", "RA201-1002,Screening,"),
    ("MAP-UNMAPPED-CODE", "error", "RA201-1002,Screening,"),
    ("MAP-UNMAPPED-CODE", "error", "RA201-1014,Logs,Castelvia,Adverse events,1,"),
    ("MAP-REQUIRED-EMPTY", "error", "RA201-1023"),
    ("AE-END-BEFORE-START", "error", "RA201-1020,Logs,Nordhaven,Adverse events,2,"),
    ("AE-AFTER-DEATH", "warning", "RA201-1021,Logs,Castelvia,Adverse events,1,"),
]


@pytest.mark.parametrize(("rule", "severity", "fault"), FAULTS)
def test_each_planted_fault_is_told_with_its_line(
    planted: Planted, rule: str, severity: str, fault: str
) -> None:
    road, places = planted
    told = {(f.rule, f.severity) for f in road.findings if places[fault] in f.sources}
    assert (rule, severity) in told


def test_nothing_else_is_told(road: Road, planted: Planted) -> None:
    """What the table says, what the clean export tells, and that the strange visit is none in SV."""
    told, places = planted
    rows = [(f.rule, source) for f in told.findings for source in f.sources]
    clean = [(f.rule, source) for f in road.findings for source in f.sources]
    strange = places["RA201-1008,Week 8,"]
    in_sv = [("MAP-UNKNOWN-VISIT", strange), ("MAP-REQUIRED-EMPTY", strange)]
    table = [(rule, places[fault]) for rule, _, fault in FAULTS]
    assert sorted(rows) == sorted([*table, *clean, *in_sv])


def test_an_unknown_severity_is_left_empty_and_not_guessed(planted: Planted) -> None:
    event = one(planted[0].sdtm.frames["AE"], USUBJID="RA201-1014", AETERM="Raised ALT")
    assert event["AESEV"] == ""


def test_the_first_consent_form_is_the_one_that_counts(planted: Planted) -> None:
    """demography_and_consent.csv:8 says version 3.0, the planted second form 1.0."""
    told = one(planted[0].sdtm.frames["SUPPDM"], USUBJID="RA201-1007", QNAM="ICVER")
    assert told["QVAL"] == "3.0"


def test_a_subject_is_named_by_its_record_id_alone(road: Road) -> None:
    """demography_and_consent.csv:2, randomisation.csv:2, study_drug.csv:2."""
    subject = one(road.sdtm.frames["DM"], USUBJID="RA201-1001")
    expected = {
        "STUDYID": "ZQ417-RA-201",
        "SUBJID": "RA201-1001",
        "SITEID": "201",
        "COUNTRY": "DNK",
        "AGE": 50,
        "SEX": "F",
        "RACE": "OTHER",
        "ETHNIC": "HISPANIC OR LATINO",
        "RFICDTC": "2023-10-06",
        "RFSTDTC": "2023-10-18T12:15",
        "RFENDTC": "2024-01-09",
        "ARMCD": "DOSE10",
        "ACTARM": "ZQ-417 10 mg once daily",
        "ARMNRS": "",
    }
    assert {name: subject[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("subject", "planned", "actual", "reason"),
    [
        ("RA201-1009", "DOSE10", "DOSE30", ""),
        ("RA201-1004", "", "", "SCREEN FAILURE"),
        ("RA201-1015", "DOSE10", "", "ASSIGNED, NOT TREATED"),
        ("RA201-1034", "", "", "NOT ASSIGNED"),
    ],
)
def test_arms_of_subjects_that_took_another_way(
    road: Road, subject: str, planned: str, actual: str, reason: str
) -> None:
    record = one(road.sdtm.frames["DM"], USUBJID=subject)
    assert (record["ARMCD"], record["ACTARMCD"], record["ARMNRS"]) == (planned, actual, reason)


def test_a_partial_date_keeps_what_is_known(road: Road) -> None:
    """adverse_events.csv:18 starts on XX-JAN-2024 and ends on 13-JAN-2024."""
    event = one(road.sdtm.frames["AE"], USUBJID="RA201-1010", AETERM="Nausea")
    assert (event["AESTDTC"], event["AEENDTC"]) == ("2024-01", "2024-01-13")
    assert pd.isna(event["AESTDY"])


def test_pounds_become_kilograms(road: Road) -> None:
    """vital_signs.csv: RA201-1005 weighed 172.6 lb at screening."""
    weight = one(road.sdtm.frames["VS"], USUBJID="RA201-1005", VSTESTCD="WEIGHT", VISIT="SCREENING")
    assert (weight["VSORRES"], weight["VSORRESU"], weight["VSSTRESU"]) == ("172.6", "LB", "kg")
    assert weight["VSSTRESN"] == pytest.approx(172.6 * 0.45359237)


def test_the_visit_before_the_first_tablet_is_the_baseline(road: Road) -> None:
    """RA201-1005: vital signs on 15/11/2023 at 09:40, the first tablet at 10:00."""
    pulse = road.sdtm.frames["VS"].query("USUBJID == 'RA201-1005' and VSTESTCD == 'PULSE'")
    flagged = one(pulse, VSLOBXFL="Y")
    assert (flagged["VISIT"], flagged["VSORRES"], flagged["EPOCH"]) == (
        "BASELINE",
        "57",
        "SCREENING",
    )


def test_an_assessment_that_was_not_done_says_why(road: Road) -> None:
    """disease_score.csv:68."""
    record = one(road.sdtm.frames["RS"], USUBJID="RA201-1014", RSSTAT="NOT DONE")
    assert (record["RSTESTCD"], record["RSREASND"], record["VISIT"]) == (
        "DAS28CRP",
        "Assessor not available",
        "WEEK 8",
    )


def test_each_ticked_box_is_a_condition(road: Road) -> None:
    """medical_history.csv:3 has three boxes ticked, and cataract surgery on 14 March 2021."""
    history = road.sdtm.frames["MH"].query("USUBJID == 'RA201-1002'")
    assert list(zip(history["MHTERM"], history["MHSTDTC"], strict=True)) == [
        ("Asthma", ""),
        ("Cataract surgery", "2021-03-14"),
        ("Hypertension", ""),
        ("Type 2 diabetes", ""),
    ]


def test_a_subject_without_any_condition_is_no_record_and_no_finding(road: Road) -> None:
    """RA201-1017 and RA201-1026 have only the box "None of these"."""
    subjects = set(road.sdtm.frames["MH"]["USUBJID"])
    assert {"RA201-1017", "RA201-1026"} & subjects == set()
    assert road.export.accounting.as_json(road.sdtm.mapped)["medical_history"] == {
        "read": 34,
        "mapped": 32,
        "excluded": {},
        "not_submitted": 2,
        "in_findings": 0,
    }


def test_a_medication_with_two_reasons_keeps_both(road: Road) -> None:
    """concomitant_medication.csv:3: 2,5 mg of prednisolone, for arthritis and prophylaxis."""
    drug = one(road.sdtm.frames["CM"], USUBJID="RA201-1001", CMTRT="PREDNISOLONE")
    assert (drug["CMDOSE"], drug["CMDOSU"], drug["CMDOSFRQ"]) == (2.5, "mg", "QD")
    assert drug["CMINDC"] == "MULTIPLE"
    told = road.sdtm.frames["SUPPCM"].query("USUBJID == 'RA201-1001'")
    assert dict(zip(told["QNAM"], told["QVAL"], strict=True)) == {"WHYRA": "Y", "WHYPREV": "Y"}


def test_a_wide_laboratory_form_becomes_a_record_a_test(road: Road) -> None:
    """laboratory.csv:12: creatinine of 1,10 mg/dL is 97.24 umol/L; CRP is below a limit."""
    tests = road.sdtm.frames["LB"].query("USUBJID == 'RA201-1003' and VISIT == 'SCREENING'")
    creatinine, protein = one(tests, LBTESTCD="CREAT"), one(tests, LBTESTCD="CRP")
    assert (creatinine["LBORRES"], creatinine["LBORRESU"]) == ("1,10", "mg/dL")
    assert (creatinine["LBSTRESN"], creatinine["LBSTRESU"]) == (97.24, "umol/L")
    assert (protein["LBORRES"], protein["LBSTRESC"]) == ("<0,5", "<0.5")
    assert pd.isna(protein["LBSTRESN"])


def test_a_time_that_nobody_knows_leaves_the_date(road: Road) -> None:
    """laboratory.csv:14: 23 November 2023 at XX:XX; laboratory.csv:2: 6 October 2023 at 07:10."""
    samples = road.sdtm.frames["LB"].query("LBTESTCD == 'ALT'")
    assert one(samples, USUBJID="RA201-1003", VISIT="WEEK 4")["LBDTC"] == "2023-11-23"
    first = one(samples, USUBJID="RA201-1001", VISIT="SCREENING")
    assert first["LBDTC"] == "2023-10-06T07:10"


def test_the_score_stands_beside_its_baseline(road: Road) -> None:
    """RA201-1001: 5.42 at baseline on the day of the first tablet, 5.39 four weeks later."""
    score = one(road.adam.frames["ADDAS"], USUBJID="RA201-1001", AVISIT="WEEK 4")
    assert (score["AVAL"], score["BASE"], score["ADY"]) == (5.39, 5.42, 29)


def test_subject_level_dates_and_status(road: Road) -> None:
    """18 October 2023 to 9 January 2024 are 14 + 30 + 31 + 9 days."""
    adsl = road.adam.frames["ADSL"]
    subject = one(adsl, USUBJID="RA201-1001")
    assert subject["TRTSDT"] == day_of_iso("2023-10-18")
    assert subject["TRTDURD"] == 84
    assert (subject["EOSSTT"], subject["STRAT1"], subject["AGEGR1"]) == ("COMPLETED", "Y", "<65")
    assert adsl["FASFL"].eq("Y").sum() == 28
    assert adsl["SAFFL"].eq("Y").sum() == 27
    # 28 rows of end_of_study.csv, less five screen failures and two without a date; 17 completed
    status = adsl.loc[adsl["FASFL"].eq("Y"), "EOSSTT"].value_counts().to_dict()
    assert status == {"COMPLETED": 17, "DISCONTINUED": 4, "ONGOING": 7}


@pytest.mark.parametrize(
    ("subject", "days", "censor", "described"),
    [
        # stopped for an adverse event: 15 November to 22 December 2023, 16 + 22 days
        ("RA201-1006", 38, 0, "STUDY DRUG STOPPED EARLY"),
        # completed: 84 days of treatment
        ("RA201-1001", 84, 1, "TREATMENT COMPLETED"),
        # on treatment since 29 April 2024 at the cut-off: 2 + 31 + 30 days
        ("RA201-1029", 63, 2, "ON TREATMENT"),
    ],
)
def test_time_to_discontinuation(
    road: Road, subject: str, days: int, censor: int, described: str
) -> None:
    record = one(road.adam.frames["ADTTE"], USUBJID=subject)
    assert (record["AVAL"], record["CNSR"], record["EVNTDESC"]) == (days, censor, described)
