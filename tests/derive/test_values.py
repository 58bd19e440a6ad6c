"""Arithmetic, baselines, ranges, grades, durations, windows and terms, on drawn tables."""

from typing import Any

import pytest

from cdisc_hai.derive.formula import WORDS
from cdisc_hai.metadata import Codelist, Term
from cdisc_hai.registry import FORMULA_WORDS
from tests.derive.calls import values
from tests.derive.drawn_dates import frame, same


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ({"quotient": [{"sum": [{"product": [2, "DBP"]}, "SBP"]}, 3]}, ["93.3333", ""]),
        ({"difference": ["SBP", "DBP", 10]}, ["30", ""]),
        ({"power": ["DBP", 2]}, ["6400", ""]),
        ({"root": {"sum": ["SBP", 1]}}, ["11", "9.05539"]),
        ({"log": "SBP"}, ["4.78749", "4.39445"]),
        ({"quotient": ["SBP", {"difference": ["DBP", 80]}]}, ["", ""]),
        ({"round": [{"quotient": ["SBP", 7]}, 1]}, ["17.1", "11.6"]),
        ({"round": {"quotient": ["SBP", 16]}}, ["8", "5"]),
        ({"absolute": {"difference": [0, "SBP"]}}, ["120", "81"]),
        ({"smallest": ["SBP", "DBP"]}, ["80", "81"]),
        ({"largest": ["SBP", 100]}, ["120", "100"]),
        ({"present": ["DBP", "SBP"]}, ["80", "81"]),
    ],
)
def test_computed_works_out_a_tree_of_operations(formula: Any, wanted: list[str]) -> None:
    rows = frame("| USUBJID | SBP# | DBP# |\n| A | 120 | 80 |\n| B | 81 | |")
    found = values("computed", rows, {}, formula=formula)
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_every_word_of_a_formula_can_be_worked_out() -> None:
    assert set(WORDS) == set(FORMULA_WORDS)


LAB = frame("""
    | USUBJID | PARAMCD | ABLFL | AVAL# | ANRIND |
    | A       | ALT     |       | 40    | NORMAL |
    | A       | ALT     | Y     | 50    | HIGH   |
    | A       | ALT     |       | 75    |        |
    | A       | AST     | Y     | 0     | NORMAL |
    | A       | AST     |       | 10    | HIGH   |
    | B       | ALT     |       | 20    | NORMAL |
""")


def test_a_baseline_value_stands_on_all_records_of_its_subject_and_parameter() -> None:
    base = values("baseline_value", LAB, {}, variable="AVAL", flag="ABLFL", by=["PARAMCD"])
    kind = values("baseline_value", LAB, {}, variable="ANRIND", flag="ABLFL", by=["PARAMCD"])
    rows = LAB.assign(BASE=base["NEW"], BNRIND=kind["NEW"])
    rows["CHG"] = values("change", rows, {}, value="AVAL", base="BASE")["NEW"]
    rows["PCHG"] = values("percent_change", rows, {}, value="AVAL", base="BASE")["NEW"]
    rows["R2BASE"] = values("ratio", rows, {}, value="AVAL", base="BASE")["NEW"]
    rows["SHIFT1"] = values("shift", rows, {}, base="BNRIND", value="ANRIND")["NEW"]
    rows["SHIFT2"] = values(
        "shift", rows, {}, base="BNRIND", value="ANRIND", between="-", missing="NONE"
    )["NEW"]
    same(
        rows,
        """
        | PARAMCD | AVAL# | BASE# | CHG# | PCHG# | R2BASE# | SHIFT1         | SHIFT2        |
        | ALT     | 40    | 50    | -10  | -20   | 0.8     | HIGH to NORMAL | HIGH-NORMAL   |
        | ALT     | 50    | 50    | 0    | 0     | 1       | HIGH to HIGH   | HIGH-HIGH     |
        | ALT     | 75    | 50    | 25   | 50    | 1.5     |                | HIGH-NONE     |
        | AST     | 0     | 0     | 0    |       |         | NORMAL to NORMAL | NORMAL-NORMAL |
        | AST     | 10    | 0     | 10   |       |         | NORMAL to HIGH | NORMAL-HIGH   |
        | ALT     | 20    |       |      |       |         |                | NONE-NORMAL   |
        """,
    )


def test_a_range_position_counts_the_limits_themselves_as_normal() -> None:
    rows = frame("""
        | USUBJID | AVAL# | LO# | HI# |
        | A       | 9.9   | 10  | 20  |
        | A       | 10    | 10  | 20  |
        | A       | 20    | 10  | 20  |
        | A       | 20.1  | 10  | 20  |
        | A       | 5     |     | 20  |
        | A       | 5     |     |     |
        | A       |       | 10  | 20  |
    """)
    found = values(
        "range_position", rows, {}, value="AVAL", low="LO", high="HI", terms=["L", "N", "H"]
    )
    same(found, "| NEW |\n| L |\n| N |\n| N |\n| H |\n| N |\n| |\n| |")


def test_a_toxicity_grade_is_the_highest_whose_limit_is_passed() -> None:
    # CTCAE v3.0: neutrophils below LLN, 1.5, 1.0, 0.5; bilirubin above 1, 1.5, 3, 10 x ULN
    rows = frame("""
        | USUBJID | PARAMCD | AVAL#  | LO# | HI#   |
        | A       | NEUT    | 1.8    | 1.8 | 6.3   |
        | A       | NEUT    | 1.79   | 1.8 | 6.3   |
        | A       | NEUT    | 1.5    | 1.8 | 6.3   |
        | A       | NEUT    | 1.49   | 1.8 | 6.3   |
        | A       | NEUT    | 0.99   |     |       |
        | A       | NEUT    | 0.49   | 1.8 | 6.3   |
        | A       | NEUT    | 1.7    |     |       |
        | A       | NEUT    |        | 1.8 | 6.3   |
        | A       | BILI    | 20.52  | 0   | 20.52 |
        | A       | BILI    | 30.78  | 0   | 20.52 |
        | A       | BILI    | 30.79  | 0   | 20.52 |
        | A       | BILI    | 206    | 0   | 20.52 |
        | A       | BILI    | 206    |     |       |
        | A       | CEA     | 206    | 0   | 5     |
        | A       | GLUC    | 14     | 0   | 5     |
    """)
    found = values(
        "toxicity_grade",
        rows,
        {},
        value="AVAL",
        by="PARAMCD",
        lower="LO",
        upper="HI",
        low={"NEUT": ["LLN", 1.5, 1.0, 0.5]},
        high={"BILI": [1, 1.5, 3, 10]},
        above={"GLUC": [None, 8.9, 13.9, 27.8]},
    )
    wanted = ["0", "1", "1", "2", "3", "4", "", "", "0", "1", "2", "4", "", "", "3"]
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_a_toxicity_grade_may_lean_on_the_baseline() -> None:
    # CTCAE v5.0: ALT above 1, 3, 5, 20 x ULN, after an abnormal baseline above 1.5, 3, 5, 20 x baseline;
    # creatinine above 1.5, 3 x baseline or above 1, 1.5, 3, 6 x ULN
    rows = frame("""
        | USUBJID | PARAMCD | AVAL# | BASE# | HI# |
        | A       | ALT     | 121   | 40    | 40  |
        | A       | ALT     | 121   | 41    | 40  |
        | A       | ALT     | 61    | 41    | 40  |
        | A       | ALT     | 61.5  | 41    | 40  |
        | A       | ALT     | 821   | 41    | 40  |
        | A       | ALT     | 121   |       | 40  |
        | A       | CREAT   | 89    | 59    | 90  |
        | A       | CREAT   | 91    | 61    | 90  |
        | A       | CREAT   | 91    |       | 90  |
        | A       | CREAT   | 89    |       | 90  |
    """)
    found = values(
        "toxicity_grade",
        rows,
        {},
        value="AVAL",
        by="PARAMCD",
        upper="HI",
        base="BASE",
        high={"ALT": [1, 3, 5, 20], "CREAT": [1, 1.5, 3, 6]},
        rise={"CREAT": [None, 1.5, 3]},
        abnormal={"ALT": [1.5, 3, 5, 20]},
    )
    wanted = ["2", "1", "0", "0", "4", "2", "2", "1", "1", ""]
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_a_limit_of_toxicity_may_be_inclusive_and_a_part_of_the_lower_limit() -> None:
    # CTCAE v5.0 fibrinogen below 1, 0.75 x LLN; DAIDS 2.1 ALT from 1.25, 2.5 x ULN on
    rows = frame("""
        | USUBJID | PARAMCD | AVAL# | LO# | HI# |
        | A       | FIBRINO | 1.99  | 2   | 4   |
        | A       | FIBRINO | 1.5   | 2   | 4   |
        | A       | FIBRINO | 1.49  | 2   | 4   |
        | A       | ALT     | 50    | 5   | 40  |
        | A       | ALT     | 49.9  | 5   | 40  |
        | A       | ALT     | 100   | 5   | 40  |
    """)
    found = values(
        "toxicity_grade",
        rows,
        {},
        value="AVAL",
        by="PARAMCD",
        lower="LO",
        upper="HI",
        low={"FIBRINO": ["LLN", "0.75 LLN"]},
        high={"ALT": [1.25, 2.5]},
        inclusive=["high"],
    )
    same(
        found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in ["1", "1", "2", "1", "0", "2"])
    )


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, "62"),
        ({"exclusive": True}, "61"),
        ({"unit": "weeks", "digits": 1}, "8.9"),
        ({"unit": "months", "digits": 2}, "2.04"),
        ({"unit": "years", "exclusive": True, "digits": 3}, "0.167"),
    ],
)
def test_a_duration_counts_both_days_and_is_told_in_the_unit(more: Any, wanted: str) -> None:
    adsl = frame("| USUBJID | TRTSDT@ |\n| A | 2024-01-01 |", "ADSL")
    rows = frame("| USUBJID | TRTEDT@ |\n| A | 2024-03-02 |")
    found = values("duration", rows, {"ADSL": adsl}, start="ADSL.TRTSDT", end="TRTEDT", **more)
    same(found, f"| NEW# |\n| {wanted} |")


WEEKS = [
    {"visit": "Baseline", "number": 0, "target": 1, "high": 1},
    {"visit": "Week 2", "number": 2, "target": 14, "low": 2, "high": 20},
    {
        "visit": "Week 4",
        "number": 4,
        "target": 28,
        "low": 21,
        "range": ">20",
        "when": {"PARAMCD": "ALT"},
    },
]


@pytest.mark.parametrize(
    ("gives", "kind", "wanted"),
    [
        ("visit", "", ["Baseline", "Week 2", "Week 2", "Week 4", "", ""]),
        ("number", "#", ["0", "2", "2", "4", "", ""]),
        ("target", "#", ["1", "14", "14", "28", "", ""]),
        ("low", "#", ["", "2", "2", "21", "", ""]),
        ("high", "#", ["1", "20", "20", "", "", ""]),
        ("difference", "#", ["0", "12", "6", "72", "", ""]),
        ("range", "", ["- 1", "2 - 20", "2 - 20", ">20", "", ""]),
    ],
)
def test_an_analysis_window_gives_its_visit_and_all_that_belongs_to_it(
    gives: str, kind: str, wanted: list[str]
) -> None:
    rows = frame("""
        | USUBJID | PARAMCD | ADY# |
        | A       | ALT     | 1    |
        | A       | ALT     | 2    |
        | A       | ALT     | 20   |
        | A       | ALT     | 100  |
        | A       | AST     | 100  |
        | A       | ALT     |      |
    """)
    found = values("analysis_window", rows, {}, day="ADY", windows=WEEKS, gives=gives)
    same(found, f"| NEW{kind} |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_a_term_has_a_text_of_a_table_and_a_number_by_its_place_in_a_codelist() -> None:
    rows = frame("| USUBJID | T |\n| A | LOW |\n| A | ODD |\n| A | |")
    table = {"LOW": "Low value"}
    same(
        values("term_for", rows, {}, variable="T", table=table),
        "| NEW |\n| Low value |\n| |\n| |",
    )
    same(
        values("term_for", rows, {}, variable="T", table=table, otherwise="Other"),
        "| NEW |\n| Low value |\n| Other |\n| |",
    )
    codelist = Codelist("T", "", "T", False, (Term("HIGH"), Term("LOW")), "x:1")
    same(
        values("rank_of", rows, {}, variable="T", codelist=codelist),
        "| NEW# |\n| 2 |\n| |\n| |",
    )


def test_characters_of_a_text_are_counted_from_its_start_or_its_end() -> None:
    rows = frame("| USUBJID | LESION |\n| A | T01 |\n| A | NT12 |\n| A | |")
    found = values("characters_of", rows, {}, variable="LESION", start=3)
    same(found, "| NEW |\n| 1 |\n| 12 |\n| |")
    found = values("characters_of", rows, {}, variable="LESION", start=-3, length=2)
    same(found, "| NEW |\n| T0 |\n| T1 |\n| |")
