"""Whether something happened to a subject, and when: parameters of the study on drawn patients."""

import pandas as pd
import pytest

from tests.derive.calls import parameters, run
from tests.derive.drawn_dates import assessments, frame, same

SUBJECTS = frame("""
    | USUBJID | FASFL | SAFFL | RANDDT@    | NACTDT@    | R0DT@      | NEDDT@     | DTHFL | DTHDT@     | MEASFL | BASELDT@   |
    | A       | Y     | Y     | 2024-01-01 |            | 2024-05-02 | 2024-02-26 | Y     | 2024-09-01 | Y      | 2023-12-20 |
    | B       | Y     | Y     | 2024-01-01 | 2024-04-01 |            |            | Y     |            | N      |            |
    | C       | Y     | N     | 2024-01-01 |            |            |            |       |            | Y      |            |
    | D       | N     | Y     |            |            | 2024-03-01 | 2024-03-01 |       |            | N      |            |
""", "ADSL").assign(**{"@wide": True})  # fmt: skip


def test_a_flag_of_a_record_has_a_date_and_a_source_only_with_the_record() -> None:
    found = parameters("ADRS", "R0RES NED DEATH MDIS", {"ADSL": SUBJECTS})
    same(
        found["R0RES"],
        """
        | USUBJID | AVALC | ADT@       | SRCDOM | SRCVAR | SRCSEQ# | @from       |
        | A       | Y     | 2024-05-02 | ADSL   | R0DT   |         | ADSL:1:R0DT |
        | B       | N     |            |        |        |         | ADSL:2      |
        | C       | N     |            |        |        |         | ADSL:3      |
        """,
    )
    same(
        found["NED"],
        """
        | USUBJID | AVALC | ADT@       | SRCVAR |
        | A       | Y     | 2024-02-26 | NEDDT  |
        | B       | N     |            |        |
        | D       | Y     | 2024-03-01 | NEDDT  |
        """,
    )


def test_a_death_without_a_known_day_is_a_death_all_the_same() -> None:
    found = parameters("ADRS", "DEATH MDIS", {"ADSL": SUBJECTS})
    same(
        found["DEATH"],
        """
        | USUBJID | AVALC | ADT@       | SRCDOM | SRCVAR | @from        |
        | A       | Y     | 2024-09-01 | ADSL   | DTHDT  | ADSL:1:DTHDT |
        | B       | Y     |            |        |        | ADSL:2:DTHDT |
        | C       | N     |            |        |        | ADSL:3       |
        """,
    )
    same(
        found["MDIS"],
        """
        | USUBJID | AVALC | ADT@       |
        | A       | Y     | 2023-12-20 |
        | B       | N     |            |
        | C       | Y     |            |
        """,
    )


def test_the_first_progression_is_one_on_or_after_randomisation() -> None:
    seen = [
        assessments("PD-3 SD+56 PD+112 PD+168", "2024-01-01", "A"),
        assessments("PD+0", "2024-01-01", "B"),
        assessments("PD-1", "2024-01-01", "C"),
        assessments("PD+56", "2024-01-01", "D"),
    ]
    found = parameters("ADRS", "PD", {"ADSL": SUBJECTS, "XOVR": _stacked(seen)})["PD"]
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | SRCDOM | SRCVAR   | SRCSEQ# |
        | A       | Y     | 2024-04-22 | RS     | RSSTRESC | 3       |
        | B       | Y     | 2024-01-01 | RS     | RSSTRESC | 1       |
        | C       | N     |            |        |          |         |
        """,
    )


def test_the_last_adequate_assessment_is_that_of_the_response_window() -> None:
    seen = [
        assessments("SD+56 PD+112 PR+168", "2024-01-01", "A"),  # nothing after the first PD
        assessments("SD+56 PR+91 CR+112", "2024-01-01", "B"),  # on the day of a new therapy
        assessments("SD-1 NE+56", "2024-01-01", "C"),  # none: no record
    ]
    found = parameters("ADRS", "LSTA", {"ADSL": SUBJECTS, "XOVR": _stacked(seen)})["LSTA"]
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | SRCSEQ# |
        | A       | PD    | 2024-04-22 | 2       |
        | B       | PR    | 2024-04-01 | 2       |
        """,
    )


def test_of_two_progressions_on_one_day_the_flagged_one_counts() -> None:
    seen = assessments("PD+56 PD+56", "2024-01-01", "A")
    seen["ANL01FL"] = ["", "Y"]
    found = run(
        "moment_flag",
        SUBJECTS[:1],
        {"ADSL": SUBJECTS, "XOVR": seen},
        moment="PROGRESSION",
        moments={"PROGRESSION": {"dataset": "XOVR", "where": {"ANL01FL": "Y"}, "date": "ADT"}},
        no="N",
    )
    same(found, "| AVALC | SRCSEQ# |\n| Y | 2 |")


def test_a_flag_of_a_record_takes_the_first_by_day() -> None:
    records = frame("""
        | USUBJID | PRSTDTC    | PRSEQ# |
        | A       |            | 1      |
        | A       | 2024-03-02 | 2      |
        | A       | 2024-03-01 | 3      |
    """, "PR")  # fmt: skip
    found = run("record_flag", SUBJECTS[:2], {"PR": records}, dataset="PR", date="PRSTDTC")
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | SRCDOM | SRCVAR  | SRCSEQ# | @from  |
        | A       | Y     | 2024-03-01 | PR     | PRSTDTC | 3       | PR:3   |
        | B       | N     |            |        |         |         | ADSL:2 |
        """,
    )


def test_a_response_lasts_until_progression_free_survival_ends() -> None:
    ends = frame("""
        | USUBJID | ADT@       | ADTF | CNSR# | EVNTDESC | CNSDTDSC | SRCDOM | SRCVAR   | SRCSEQ# | @from  |
        | A       | 2024-04-22 | D    | 0     | PD       |          | RS     | RSSTRESC | 3       | ADRS:3 |
        | B       | 2024-01-01 |      | 1     | NOTHING  | RANDOM   | ADSL   | RANDDT   |         | ADSL:2 |
    """)  # fmt: skip
    responses = frame("""
        | USUBJID | PARAMCD | AVALC | ADT@       |
        | A       | RSP     | Y     | 2024-02-26 |
        | B       | RSP     | N     |            |
    """, "ADRS")  # fmt: skip
    moment = {"dataset": "ADRS", "where": {"AVALC": "Y"}, "date": "ADT"}
    found = run(
        "time_to_same_end",
        SUBJECTS,
        {"ADRS": responses},
        made={"PFS": ends},
        start="RESPONSE",
        parameter="PFS",
        moments={"RESPONSE": moment},
    )
    same(
        found.frame,
        """
        | USUBJID | STARTDT@   | ADT@       | ADTF | AVAL# | CNSR# | EVNTDESC | SRCSEQ# | @from         |
        | A       | 2024-02-26 | 2024-04-22 | D    | 57    | 0     | PD       | 3       | ADRS:3;ADRS:1 |
        """,
    )
    assert found.doubts == []


@pytest.mark.parametrize(
    ("before_start", "drawn"),
    [
        ("kept", "| A | 2024-02-26 | 2024-01-01 | -55 |"),
        ("moved", "| A | 2024-02-26 | 2024-02-26 | 1 |"),
        ("left out", ""),
    ],
)
def test_an_end_before_the_start_is_told_and_the_spec_says_what_becomes_of_it(
    before_start: str, drawn: str
) -> None:
    ends = frame("""
        | USUBJID | ADT@       | ADTF | CNSR# | EVNTDESC | CNSDTDSC | SRCDOM | SRCVAR | SRCSEQ# | @from  |
        | A       | 2024-01-01 |      | 1     | NOTHING  | RANDOM   | ADSL   | RANDDT |         | ADSL:1 |
    """)  # fmt: skip
    responses = frame("| USUBJID | AVALC | ADT@ |\n| A | Y | 2024-02-26 |", "ADRS")
    found = run(
        "time_to_same_end",
        SUBJECTS,
        {"ADRS": responses},
        made={"PFS": ends},
        start="RESPONSE",
        parameter="PFS",
        moments={"RESPONSE": {"dataset": "ADRS", "where": {"AVALC": "Y"}, "date": "ADT"}},
        before_start=before_start,
    )
    same(found.frame, f"| USUBJID | STARTDT@ | ADT@ | AVAL# |\n{drawn}".rstrip())
    (doubt,) = found.doubts
    assert (doubt.rule, doubt.refs) == ("ADAM-ENDS-BEFORE-START", ["ADRS:1"])
    assert doubt.messages[0].startswith("PFS ends on 2024-01-01, before this start 2024-02-26: ")


def test_a_moment_may_be_of_a_parameter_that_stands_before_and_names_its_source() -> None:
    made = frame("""
        | USUBJID | AVALC | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# | @from |
        | A       | Y     | 2024-03-31 | D    | RS     | RSSTRESC | 4       | RS:4  |
        | B       | N     |            |      |        |          |         | RS:9  |
    """)
    found = run(
        "moment_flag",
        SUBJECTS,
        {},
        made={"CRSP": made},
        moment="RESPONSE",
        no="",
        moments={"RESPONSE": {"parameter": "CRSP", "where": {"AVALC": "Y"}}},
    )
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# | @from  |
        | A       | Y     | 2024-03-31 | D    | RS     | RSSTRESC | 4       | RS:4   |
        | B       |       |            |      |        |          |         | ADSL:2 |
        | C       |       |            |      |        |          |         | ADSL:3 |
        | D       |       |            |      |        |          |         | ADSL:4 |
        """,
    )


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)
