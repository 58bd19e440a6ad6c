"""Best responses by criteria of any kind: ranked moments, and values that are confirmed."""

import pytest

from tests.derive.calls import run, values
from tests.derive.drawn_dates import frame, same

SUBJECTS = frame("| USUBJID |\n| A |\n| B |\n| C |", "ADSL")
MYELOMA = frame(
    """
    | USUBJID | AVALC | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# |
    | A       | PR    | 2024-02-01 |      | RS     | RSSTRESC | 1       |
    | A       | VGPR  | 2024-03-01 | D    | RS     | RSSTRESC | 2       |
    | A       | sCR   | 2024-05-01 |      | RS     | RSSTRESC | 3       |
    | B       | SD    | 2024-02-01 |      | RS     | RSSTRESC | 1       |
    """,
    "XOVR",
).assign(**{"@flag.ADT": ["", "D", "", ""]})


def test_the_first_choice_that_the_subject_has_gives_value_day_and_source() -> None:
    moments = {
        "END": {"dataset": "XOVR", "where": {"AVALC": "PD"}, "date": "ADT"},
        "SCR": {"dataset": "XOVR", "where": {"AVALC": "sCR"}, "date": "ADT", "before": "APRIL"},
        "VGPR": {"dataset": "XOVR", "where": {"AVALC": "VGPR"}, "date": "ADT"},
        "ANY": {"dataset": "XOVR", "date": "ADT", "value": "AVALC"},
        "APRIL": {"dataset": "ADSL", "date": "CUT"},
    }
    subjects = frame("| USUBJID | CUT@ |\n| A | 2024-04-01 |\n| B | |\n| C | |", "ADSL")
    asked = {
        "choices": [
            {"moment": "SCR", "value": "sCR"},
            {"moment": "VGPR", "value": "VGPR"},
            {"moment": "ANY"},
        ],
        "moments": moments,
    }
    tables = {"XOVR": MYELOMA, "ADSL": subjects}
    found = run("ranked_moment", subjects, tables, otherwise="MISSING", **asked)
    same(
        found,
        """
        | USUBJID | AVALC   | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# | @from  |
        | A       | VGPR    | 2024-03-01 | D    | RS     | RSSTRESC | 2       | XOVR:2 |
        | B       | SD      | 2024-02-01 |      | RS     | RSSTRESC | 1       | XOVR:4 |
        | C       | MISSING |            |      |        |          |         | ADSL:3 |
        """,
    )
    assert len(run("ranked_moment", subjects, tables, **asked)) == 2


@pytest.mark.parametrize(
    ("seen", "flags"),
    [
        (["PR+0", "PR+28"], "Y."),
        (["PR+0", "PR+27"], ".."),
        (["PR+0", "PR+20", "CR+40"], "Y.."),
        (["PR+0", "NE+20", "PR+40"], "Y.."),
        (["PR+0", "NE+20", "NE+30", "PR+40"], "...."),
        (["PR+0", "SD+20", "PR+40"], "..."),
        (["CR+0", "PR+20", "CR+40"], "..."),
        (["CR+0", "NE+20", "CR+40"], "Y.."),
        (["PR+0", "CR+100"], ".."),
        (["PR+0", "CR+91"], "Y."),
        (["SD+0", "SD+40"], ".."),
    ],
)
def test_a_value_is_confirmed_in_time_by_what_confirms_it_with_only_what_may_stand_between(
    seen: list[str], flags: str
) -> None:
    drawn = "\n".join(f"| A | {one.split('+')[0]} | {one.split('+')[1]} |" for one in seen)
    others = "| B | PR | 30 |\n| B | CR | 80 |\n| 0 | CR | 60 |"
    rows = frame(f"| USUBJID | AVALC | ADT# |\n{others}\n{drawn}")
    found = values(
        "confirmed_flag",
        rows,
        {},
        variable="AVALC",
        date="ADT",
        confirmed_by={"CR": "CR", "PR": ["CR", "PR"]},
        at_least_days=28,
        at_most_days=91,
        between={"CR": ["CR", "NE"], "PR": ["CR", "PR", "NE"]},
        at_most={"NE": 1},
    )
    told = "".join(flag or "." for flag in found["NEW"])
    assert told == "Y.." + flags


def test_records_are_confirmed_within_their_group_and_in_the_order_of_their_days() -> None:
    rows = frame("""
        | USUBJID | READER | AVALC | ADT@       |
        | A       | 1      | iCPD  | 2024-03-10 |
        | A       | 1      | iUPD  | 2024-02-01 |
        | A       | 2      | iUPD  | 2024-02-01 |
        | A       | 2      | iCPD  |            |
    """)
    asked = {"variable": "AVALC", "date": "ADT", "confirmed_by": {"iUPD": "iCPD"}}
    found = values("confirmed_flag", rows, {}, by=["READER"], at_least_days=28, yes="C", **asked)
    same(found, "| NEW |\n| |\n| C |\n| |\n| |")
    nobody = {**asked, "where": {"READER": "3"}, "at_least_days": 28}
    same(values("confirmed_flag", rows, {}, **nobody), "| NEW |\n| |\n| |\n| |\n| |")
