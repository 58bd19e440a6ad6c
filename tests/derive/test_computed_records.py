"""Parameters that are worked out from others, on drawn tables."""

from typing import Any

import pandas as pd

from tests.derive.calls import run
from tests.derive.drawn_dates import frame, same

VS = frame(
    """
    | USUBJID | VSTESTCD | VSSTRESN# | VISITNUM# | VISIT |
    | A       | HEIGHT   | 200       | 1         | SCR   |
    | A       | SYSBP    | 120       | 1         | SCR   |
    | A       | DIABP    | 90        | 1         | SCR   |
    | A       | DIABP    | 80        | 2         | W4    |
    | A       | SYSBP    | 110       | 2         | W4    |
    | A       | SYSBP    | 130       | 3         | W8    |
    | A       | DIABP    |           | 3         | W8    |
    | B       | SYSBP    | 140       | 1         | SCR   |
    | B       | DIABP    | 0         | 1         | SCR   |
    """,
    "VS",
)
SUBJECTS = frame("| USUBJID |\n| A |\n| B |", "ADSL")
SYS, DIA = {"VSTESTCD": "SYSBP"}, {"VSTESTCD": "DIABP"}
PULSE_PRESSURE: dict[str, Any] = {
    "dataset": "VS",
    "by": ["VISITNUM"],
    "value": "VSSTRESN",
    "parts": {"SYS": SYS, "DIA": DIA},
    "formula": {"difference": ["SYS", "DIA"]},
    "keep": ["VISIT"],
}


def test_a_record_is_made_where_each_part_has_a_value_and_knows_all_of_them() -> None:
    found = run("computed_records", SUBJECTS, {"VS": VS}, **PULSE_PRESSURE)
    same(
        found.frame,
        """
        | USUBJID | VISITNUM# | VISIT | AVAL# | @from     |
        | A       | 1         | SCR   | 30    | VS:2;VS:3 |
        | A       | 2         | W4    | 30    | VS:5;VS:4 |
        | B       | 1         | SCR   | 140   | VS:8;VS:9 |
        """,
    )
    assert found.doubts == []


def test_a_part_that_the_subject_has_once_stands_beside_every_visit_and_nothing_divides_by_0() -> (
    None
):
    asked = {
        **PULSE_PRESSURE,
        "once": {"CM": {"VSTESTCD": "HEIGHT"}},
        "formula": {"quotient": ["SYS", "CM"]},
        "gives": "RATIO",
    }
    found = run("computed_records", SUBJECTS, {"VS": VS}, **asked).frame
    same(found, "| USUBJID | VISITNUM# | RATIO# |\n| A | 1 | 0.6 |\n| A | 2 | 0.55 |")
    asked = {**PULSE_PRESSURE, "formula": {"quotient": ["SYS", "DIA"]}}
    found = run("computed_records", SUBJECTS, {"VS": VS}, **asked).frame
    same(found, "| USUBJID | AVAL# |\n| A | 1.33333 |\n| A | 1.375 |\n| B | |")


def test_of_two_records_of_a_part_none_is_taken_and_that_is_told() -> None:
    twice = pd.concat([VS, VS.iloc[[1]].assign(VSSTRESN=125.0, **{"@ref": "VS:10"})])
    found = run(
        "computed_records", SUBJECTS, {"VS": twice.reset_index(drop=True)}, **PULSE_PRESSURE
    )
    same(found.frame, "| USUBJID | VISITNUM# |\n| A | 2 |\n| B | 1 |")
    (doubt,) = found.doubts
    assert (doubt.rule, doubt.messages, doubt.refs) == (
        "ADAM-PART-TWICE",
        ["2 records of SYS: nothing is worked out"],
        ["VS:2"],
    )


def test_nothing_is_worked_out_where_there_is_a_record_of_the_result() -> None:
    found = run(
        "computed_records",
        SUBJECTS,
        {"VS": VS},
        **{**PULSE_PRESSURE, "unless": {"VSTESTCD": "HEIGHT"}},
    )
    # HEIGHT stands for the result: A has it at visit 1, not at visit 2, and B not at all
    same(found.frame, "| USUBJID | VISITNUM# | AVAL# |\n| A | 2 | 30 |\n| B | 1 | 140 |")


def test_without_any_record_nothing_is_made() -> None:
    found = run("computed_records", SUBJECTS, {"VS": VS.iloc[:0]}, **PULSE_PRESSURE)
    assert len(found.frame) == 0
