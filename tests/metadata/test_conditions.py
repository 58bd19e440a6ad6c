"""Conditions of a spec, and values chosen by them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from cdisc_hai.metadata.choices import choose_cases, constant, number_as_text, texts
from cdisc_hai.metadata.conditions import matches, present
from tests.drawn import frame, told

PATIENTS = frame("""
    | ID | SEX | AGE# | DAY# | FIRST# |
    | a  | F   | 40   | 42   | 0      |
    | b  | M   |      | 41   | 0      |
    | c  |     | 65   |      | 0      |
    | d  | f   | 64.5 | 100  |        |
""")


def _who(where: dict[str, Any]) -> str:
    return "".join(PATIENTS.loc[matches(PATIENTS, where), "ID"])


@pytest.mark.parametrize(
    ("where", "who"),
    [
        ({}, "abcd"),
        ({"SEX": "F"}, "a"),
        ({"SEX": ["F", "M"]}, "ab"),
        ({"SEX": []}, ""),
        ({"SEX": None}, "c"),
        ({"SEX": ""}, "c"),
        ({"AGE": 40}, "a"),
        ({"AGE": "40"}, "a"),
        ({"AGE": [40, 65.0]}, "ac"),
        ({"SEX": {"is": "present"}}, "abd"),
        ({"SEX": {"is": "absent"}}, "c"),
        ({"AGE": {"is": "present"}}, "acd"),
        ({"AGE": {"is": "absent"}}, "b"),
        ({"SEX": {"not": "F"}}, "bcd"),
        ({"SEX": {"not": ["F", "M"]}}, "cd"),
        ({"AGE": {"above": 64.5}}, "c"),
        ({"AGE": {"at_least": 64.5}}, "cd"),
        ({"AGE": {"at_least": 40, "not": 65}}, "ad"),
        ({"SEX": {"above": 1}}, ""),
        ({"DAY": {"at_least_days": 42, "after": "FIRST"}}, "a"),
        ({"SEX": "F", "AGE": 40}, "a"),
        ({"SEX": "M", "AGE": 40}, ""),
        ({"NOWHERE": {"is": "absent"}}, "abcd"),
        ({"NOWHERE": "F"}, ""),
    ],
)
def test_a_condition_holds_for_the_rows_that_meet_all_its_parts(
    where: dict[str, Any], who: str
) -> None:
    assert _who(where) == who


def test_a_number_collected_as_text_is_compared_as_a_number() -> None:
    doses = frame("""
        | dose |
        | 0    |
        | 0.0  |
        | 85   |
        | none |
        |      |
    """)
    assert told(matches(doses, {"dose": {"above": 0}})) == [False, False, True, False, False]


def test_an_unknown_word_of_a_condition_stops() -> None:
    with pytest.raises(KeyError, match="no condition 'over'"):
        _who({"AGE": {"over": 3}})


def test_neither_the_empty_text_nor_a_missing_value_is_present() -> None:
    assert told(present(pd.Series(["a", "", None, float("nan")], dtype=object))) == [
        True,
        False,
        False,
        False,
    ]
    assert told(present(pd.Series([0.0, float("nan")]))) == [True, False]


def test_the_first_case_that_fits_decides() -> None:
    cases = [
        {"when": {"SEX": "F"}, "value": "first"},
        {"when": {"AGE": {"at_least": 40}}, "value": "second"},
    ]
    assert told(choose_cases(PATIENTS, cases)) == ["first", "", "second", "second"]


def test_a_case_without_a_condition_always_fits() -> None:
    cases = [{"when": {"SEX": "F"}, "value": None}, {"column": "ID"}]
    assert told(choose_cases(PATIENTS, cases)) == ["", "b", "c", "d"]


def test_a_case_takes_a_variable_as_it_takes_a_column() -> None:
    assert told(choose_cases(PATIENTS, [{"variable": "AGE"}])) == [40, None, 65, 64.5]


def test_cases_of_numbers_alone_give_numbers() -> None:
    cases = [{"when": {"SEX": "F"}, "value": 1}, {"when": {"SEX": "M"}, "column": "DAY"}]
    assert told(choose_cases(PATIENTS, cases)) == [1, 41, None, None]


def test_numbers_and_texts_among_the_cases_give_texts() -> None:
    cases = [{"when": {"AGE": {"is": "present"}}, "column": "AGE"}, {"value": "unknown"}]
    assert told(choose_cases(PATIENTS, cases)) == ["40", "unknown", "65", "64.5"]


@pytest.mark.parametrize(
    ("value", "there"), [(5, 5.0), (0.5, 0.5), ("5", "5"), (None, ""), ("", "")]
)
def test_a_constant_is_a_number_or_a_text_on_every_row(value: Any, there: Any) -> None:
    assert told(constant(PATIENTS.head(2), value)) == [there, there]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (120.0, "120"),
        (-3.0, "-3"),
        (0.0, "0"),
        (-0.0, "0"),
        (36.6, "36.6"),
        (0.1 + 0.2, "0.30000000000000004"),
        (0.0000001, "0.0000001"),
        (1234567.891, "1234567.891"),
        (float("nan"), ""),
    ],
)
def test_a_number_as_text_is_the_shortest_that_reads_back(number: float, text: str) -> None:
    assert number_as_text(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e16, "10000000000000000"),
        (1e15, "1000000000000000"),
        (1e-20, "0.00000000000000000001"),
    ],
)
def test_a_very_large_or_small_number_reads_back_too(number: float, text: str) -> None:
    assert number_as_text(number) == text


def test_a_column_as_text_has_whole_numbers_without_a_point_and_no_missing_ones() -> None:
    assert told(texts(PATIENTS["AGE"])) == ["40", "", "65", "64.5"]
    assert told(texts(pd.Series(["a", None], dtype=object))) == ["a", ""]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ({"A": {"above": "B"}}, "z"),
        ({"A": {"at_least": "B"}}, "yz"),
        ({"A": {"below": "B"}}, "x"),
        ({"A": {"at_most": "B", "above": 0}}, "xy"),
        ({"A": {"same_as": "B"}}, "y"),
        ({"A": {"below": 2}}, "x"),
        ({"T": {"contains": ["RASH", "ITCH"]}}, "xy"),
        ({"T": {"starts_with": "SKIN"}}, "xz"),
        ({"A": {"above": "NOWHERE"}}, ""),
    ],
)
def test_a_condition_compares_variables_of_a_row_and_parts_of_a_text(
    where: dict[str, object], names: str
) -> None:
    rows = pd.DataFrame(
        {
            "N": list("xyzw"),
            "A": [1.0, 2.0, 3.0, float("nan")],
            "B": [2.0, 2.0, 2.0, 2.0],
            "T": ["SKIN RASH", "ITCHING", "SKIN", ""],
        }
    )
    assert "".join(rows.loc[matches(rows, where), "N"]) == names


def test_same_as_compares_texts_too_and_two_missing_ones_are_not_the_same() -> None:
    rows = pd.DataFrame(
        {
            "N": list("xyzw"),
            "A": ["T01, T02", "T01", "", "1"],
            "B": ["T01, T02", "T02", "", "1.0"],
            "C": [1.0, 2.0, 3.0, 4.0],
        }
    )
    assert "".join(rows.loc[matches(rows, {"A": {"same_as": "B"}}), "N"]) == "xw"
    assert "".join(rows.loc[matches(rows, {"A": {"same_as": "C"}}), "N"]) == ""
