"""The best overall responses of the study's own specs, on drawn patients.

All are randomised on 2024-01-01; a response is drawn with its day from there: ``PR+56`` is a PR on
2024-02-26. The engine behind them is tested in tests/recist.
"""

from typing import Any

import pandas as pd
import pytest

from tests.derive.calls import parameters, run
from tests.derive.drawn_dates import after, assessments, day, frame, iso, lines

RANDOMISED = "2024-01-01"

PATIENTS = lines("""
    | it is true that                       | seen               | therapy | resection | BOR     | dated      | CBOR    | of         | RSP | from       | CRSP |
    | a PR 28 days later is confirmed       | PR+56 PR+84        |         |           | PR      | 2024-02-26 | PR      | 2024-02-26 | Y   | 2024-02-26 | Y    |
    | a PR 27 days later is not confirmed   | PR+56 PR+83        |         |           | PR      | 2024-02-26 | SD      | 2024-02-26 | Y   | 2024-02-26 | N    |
    | SD on day 42 is stable disease        | SD+42              |         |           | SD      | 2024-02-12 | SD      | 2024-02-12 | N   |            | N    |
    | SD on day 41 is not evaluable         | SD+41              |         |           | NE      | 2024-02-11 | NE      | 2024-02-11 | N   |            | N    |
    | without SD a PD counts from any day   | SD+20 PD+34        |         |           | PD      | 2024-02-04 | PD      | 2024-02-04 | N   |            | N    |
    | nothing counts after the first PD     | SD+20 PD+34 CR+56  |         |           | PD      | 2024-02-04 | PD      | 2024-02-04 | N   |            | N    |
    | SD stands above a later PD            | SD+56 PD+112       |         |           | SD      | 2024-02-26 | SD      | 2024-02-26 | N   |            | N    |
    | without assessment all is missing     |                    |         |           | MISSING |            | MISSING |            | N   |            | N    |
    | only NE is NE, of the first of them   | NE+56 NE+112       |         |           | NE      | 2024-02-26 | NE      | 2024-02-26 | N   |            | N    |
    | one before randomisation is not seen  | PR-1 SD+56         |         |           | SD      | 2024-02-26 | SD      | 2024-02-26 | N   |            | N    |
    | one on the day of a therapy counts    | SD+56 PR+112       | 112     |           | PR      | 2024-04-22 | SD      | 2024-02-26 | Y   | 2024-04-22 | N    |
    | one after a new therapy does not      | SD+56 PR+112       | 111     |           | SD      | 2024-02-26 | SD      | 2024-02-26 | N   |            | N    |
    | one on the day of resection counts    | PR+60              |         | 60        | PR      | 2024-03-01 | SD      | 2024-03-01 | Y   | 2024-03-01 | N    |
    | a CR after the resection does not     | SD+56 CR+112       |         | 60        | SD      | 2024-02-26 | SD      | 2024-02-26 | N   |            | N    |
    | NED after the resection does not      | NED+112            |         | 60        | NE      | 2024-04-22 | NE      | 2024-04-22 | N   |            | N    |
    | SD after the resection does           | SD+112             |         | 60        | SD      | 2024-04-22 | SD      | 2024-04-22 | N   |            | N    |
    | none after the resection can confirm  | PR+56 PR+112       |         | 60        | PR      | 2024-02-26 | SD      | 2024-02-26 | Y   | 2024-02-26 | N    |
    | NED is a CR                           | NED+56 NED+112     |         |           | CR      | 2024-02-26 | CR      | 2024-02-26 | Y   | 2024-02-26 | Y    |
    | a response is as old as its first PR  | PR+56 CR+112       |         |           | CR      | 2024-04-22 | PR      | 2024-02-26 | Y   | 2024-02-26 | Y    |
    | one NE may stand before confirmation  | PR+56 NE+70 PR+84  |         |           | PR      | 2024-02-26 | PR      | 2024-02-26 | Y   | 2024-02-26 | Y    |
    | a SD may stand before confirmation    | PR+56 SD+70 PR+84  |         |           | PR      | 2024-02-26 | PR      | 2024-02-26 | Y   | 2024-02-26 | Y    |
    | a PD ends the hope of confirmation    | PR+56 PD+70 PR+84  |         |           | PR      | 2024-02-26 | SD      | 2024-02-26 | Y   | 2024-02-26 | N    |
    | SD after a CR ends what is confirmed  | CR+56 SD+84 CR+140 |         |           | CR      | 2024-02-26 | SD      | 2024-02-26 | Y   | 2024-02-26 | N    |
    | an early PR unconfirmed is no SD      | PR+30              |         |           | PR      | 2024-01-31 | NE      | 2024-01-31 | Y   | 2024-01-31 | N    |
""")


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """The records of all patients by PARAMCD and patient, made in one run."""
    subjects = frame("| USUBJID |\n" + "\n".join(f"| {p['it is true that']} |" for p in PATIENTS))
    subjects = subjects.assign(
        FASFL="Y",
        RANDDT=day(RANDOMISED),
        NACTDT=[day(after(RANDOMISED, p["therapy"])) for p in PATIENTS],
        RESECDT=[day(after(RANDOMISED, p["resection"])) for p in PATIENTS],
        **{"@ref": [f"ADSL:{n + 1}" for n in range(len(PATIENTS))]},
    )
    seen = pd.concat(
        [assessments(p["seen"], RANDOMISED, p["it is true that"]) for p in PATIENTS if p["seen"]],
        ignore_index=True,
    )
    made = parameters("ADRS", "BOR CBOR RSP CRSP", {"ADSL": subjects, "XOVR": seen})
    return {
        code: {record["USUBJID"]: record for record in records.to_dict("records")}
        for code, records in made.items()
    }


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient["it is true that"])
def test_the_best_responses_of_a_patient_are_as_drawn(
    patient: dict[str, str], found: dict[str, dict[str, Any]]
) -> None:
    bor, cbor, rsp, crsp = (
        found[code][patient["it is true that"]] for code in ("BOR", "CBOR", "RSP", "CRSP")
    )
    drawn = ("BOR", "dated", "CBOR", "of", "RSP", "from", "CRSP")
    assert [
        bor["AVALC"], iso(bor["ADT"]), cbor["AVALC"], iso(cbor["ADT"]),
        rsp["AVALC"], iso(rsp["ADT"]), crsp["AVALC"],
    ] == [patient[title] for title in drawn]  # fmt: skip
    # The confirmed response is dated as CBOR, and only where there is one.
    assert iso(crsp["ADT"]) == (patient["of"] if patient["CRSP"] == "Y" else "")


def test_a_best_response_names_its_record_and_one_without_assessment_the_subjects() -> None:
    subjects = frame("""
        | USUBJID | FASFL | RANDDT@    | NACTDT@ | RESECDT@ | @ref   |
        | A       | Y     | 2024-01-01 |         |          | ADSL:1 |
        | B       | Y     | 2024-01-01 |         |          | ADSL:2 |
        | C       | N     |            |         |          | ADSL:3 |
    """)
    seen = assessments("SD+56 PR+112 PR+168", RANDOMISED)
    made = parameters("ADRS", "BOR RSP", {"ADSL": subjects, "XOVR": seen})["BOR"]
    assert made[["USUBJID", "AVALC", "SRCDOM", "SRCVAR", "@from"]].to_numpy().tolist() == [
        ["A", "PR", "RS", "RSSTRESC", "XOVR:2"],
        ["B", "MISSING", "", "", "ADSL:2:RANDDT"],
    ]
    assert made["SRCSEQ"].tolist()[0] == 2


def test_a_response_without_the_analysis_flag_does_not_count() -> None:
    subjects = frame("""
        | USUBJID | FASFL | RANDDT@    | NACTDT@ | RESECDT@ | @ref   |
        | A       | Y     | 2024-01-01 |         |          | ADSL:1 |
    """)
    seen = assessments("CR+56 SD+56", RANDOMISED)
    seen["ANL01FL"] = ["", "Y"]
    made = parameters("ADRS", "BOR", {"ADSL": subjects, "XOVR": seen})["BOR"]
    assert made["AVALC"].tolist() == ["SD"]


def test_days_of_confirmation_are_needed_only_where_responses_are_to_be_confirmed() -> None:
    with pytest.raises(ValueError, match="'confirmed' needs 'confirmation_days'"):
        run(
            "best_response",
            frame("| USUBJID | RANDDT@ |\n| A | 2024-01-01 |", "ADSL"),
            {},
            dataset="XOVR",
            start="RANDDT",
            minimum_sd_days=42,
            confirmed=True,
        )


@pytest.mark.parametrize(
    ("code", "patient", "reason"),
    [
        (
            "BOR",
            "SD stands above a later PD",
            "SD 56 days after the start, the best of 2 in the window: SD",
        ),
        (
            "CBOR",
            "a PR 28 days later is confirmed",
            "PR 56 days after the start, the best of 2 in the window: PR,"
            " confirmed by PR 28 days later",
        ),
        (
            "CBOR",
            "a PR 27 days later is not confirmed",
            "PR 56 days after the start is not confirmed; from 42 days on: SD",
        ),
        (
            "CBOR",
            "SD after a CR ends what is confirmed",
            "CR 56 days after the start is not confirmed; from 42 days on: SD;"
            " what counts ends with SD after a CR, at 84 days",
        ),
        (
            "BOR",
            "SD on day 41 is not evaluable",
            "none of 1 in the window gives more than NE (SD from 42 days on): NE",
        ),
        ("BOR", "without assessment all is missing", "no assessment in the window: MISSING"),
    ],
)
def test_a_best_response_says_why_in_words_and_figures(
    code: str, patient: str, reason: str, found: dict[str, dict[str, Any]]
) -> None:
    assert found[code][patient]["REASON"] == reason
