"""Partial dates completed by the rules of a study."""

from typing import Any

import pytest

from tests.derive.calls import imputer
from tests.derive.drawn_dates import frame, same

ADSL = frame("""
    | USUBJID | LSTALVDT@  | DTHDT@     |
    | A       | 2024-03-17 | 2024-03-20 |
    | B       | 2024-03-31 | 2024-04-20 |
    | C       | 2024-02-29 |            |
    | D       |            |            |
""")


def completed(text: str, **rule: Any) -> Any:
    rows = frame(text)
    days, flags = imputer({"ADSL": ADSL}, **rule).complete(rows["USUBJID"], rows["DTC"])
    return rows.assign(ADT=days, ADTF=flags)


PARTIAL = """
    | USUBJID | DTC     |
    | A       | 2024-03 |
    | B       | 2024-03 |
    | C       | 2024-03 |
    | D       | 2024-02 |
"""


def test_to_first_takes_the_first_day_of_the_month() -> None:
    same(
        completed(PARTIAL, to="first"),
        """
        | USUBJID | DTC     | ADT@       | ADTF |
        | A       | 2024-03 | 2024-03-01 | D    |
        | B       | 2024-03 | 2024-03-01 | D    |
        | C       | 2024-03 | 2024-03-01 | D    |
        | D       | 2024-02 | 2024-02-01 | D    |
        """,
    )


def test_to_last_takes_the_last_day_of_the_month_in_leap_years_too() -> None:
    same(
        completed(
            """
            | USUBJID | DTC     |
            | A       | 2024-02 |
            | A       | 2023-02 |
            | A       | 2024-04 |
            | A       | 2024-12 |
            """,
            to="last",
        ),
        """
        | DTC     | ADT@       |
        | 2024-02 | 2024-02-29 |
        | 2023-02 | 2023-02-28 |
        | 2024-04 | 2024-04-30 |
        | 2024-12 | 2024-12-31 |
        """,
    )


def test_the_day_after_another_date_is_taken_inside_the_month_and_never_leaves_it() -> None:
    same(
        completed(PARTIAL, to="first", after="ADSL.LSTALVDT"),
        """
        | USUBJID | DTC     | ADT@       | ADTF |
        | A       | 2024-03 | 2024-03-18 | D    |
        | B       | 2024-03 | 2024-03-31 | D    |
        | C       | 2024-03 | 2024-03-01 | D    |
        | D       | 2024-02 | 2024-02-01 | D    |
        """,
    )


def test_the_same_day_as_another_date_is_taken_inside_the_month_only() -> None:
    same(
        completed(PARTIAL, to="first", same="ADSL.LSTALVDT"),
        """
        | USUBJID | ADT@       | ADTF |
        | A       | 2024-03-17 | D    |
        | B       | 2024-03-31 | D    |
        | C       | 2024-03-01 | D    |
        | D       | 2024-02-01 | D    |
        """,
    )


def test_a_bound_inside_the_month_holds_and_one_that_is_not_there_bounds_nothing() -> None:
    same(
        completed(PARTIAL, to="last", bounds=("ADSL.DTHDT",)),
        """
        | USUBJID | ADT@       | ADTF |
        | A       | 2024-03-20 | D    |
        | B       | 2024-03-31 | D    |
        | C       | 2024-03-31 | D    |
        | D       | 2024-02-29 | D    |
        """,
    )


def test_a_bound_before_the_month_holds_unless_only_bounds_within_it_count() -> None:
    # A died on 2024-03-20: a date in April is a date after death, and stays one where it is asked to
    rows = """
        | USUBJID | DTC     |
        | A       | 2024-03 |
        | A       | 2024-04 |
        | A       | 2024    |
        | B       | 2024-04 |
        """
    rule: dict[str, Any] = {"to": "last", "months": True, "bounds": ("ADSL.DTHDT",)}
    same(
        completed(rows, **rule),
        """
        | USUBJID | DTC     | ADT@       |
        | A       | 2024-03 | 2024-03-20 |
        | A       | 2024-04 | 2024-03-20 |
        | A       | 2024    | 2024-03-20 |
        | B       | 2024-04 | 2024-04-20 |
        """,
    )
    same(
        completed(rows, **rule, within=True),
        """
        | USUBJID | DTC     | ADT@       |
        | A       | 2024-03 | 2024-03-20 |
        | A       | 2024-04 | 2024-04-30 |
        | A       | 2024    | 2024-03-20 |
        | B       | 2024-04 | 2024-04-20 |
        """,
    )


def test_of_several_bounds_the_earliest_holds() -> None:
    same(
        completed(
            """
            | USUBJID | DTC     |
            | A       | 2024-03 |
            """,
            to="last",
            bounds=("ADSL.DTHDT", "ADSL.LSTALVDT"),
        ),
        """
        | USUBJID | ADT@       |
        | A       | 2024-03-17 |
        """,
    )


def test_a_date_without_month_is_not_imputed() -> None:
    same(
        completed(
            """
            | USUBJID | DTC        |
            | A       | 2024       |
            | A       | 2024---15  |
            | A       |            |
            | A       | 2024-03    |
            """,
            to="first",
        ),
        """
        | DTC       | ADT@       | ADTF |
        | 2024      |            |      |
        | 2024---15 |            |      |
        |           |            |      |
        | 2024-03   | 2024-03-01 | D    |
        """,
    )


@pytest.mark.parametrize("to", ["first", "last"])
def test_a_complete_date_is_not_touched_by_any_rule(to: str) -> None:
    same(
        completed(
            """
            | USUBJID | DTC              |
            | A       | 2024-03-25       |
            | A       | 2024-03-25T10:30 |
            | A       | 2024-03          |
            """,
            to=to,
            after="ADSL.LSTALVDT",
            same="ADSL.LSTALVDT",
            bounds=("ADSL.LSTALVDT",),
        ),
        """
        | DTC              | ADT@       | ADTF |
        | 2024-03-25       | 2024-03-25 |      |
        | 2024-03-25T10:30 | 2024-03-25 |      |
        | 2024-03          | 2024-03-17 | D    |
        """,
    )


def test_a_bound_holds_even_where_it_lies_before_the_month() -> None:
    same(
        completed(
            """
            | USUBJID | DTC     |
            | A       | 2024-05 |
            """,
            to="last",
            bounds=("ADSL.DTHDT",),
        ),
        """
        | USUBJID | ADT@       | ADTF |
        | A       | 2024-03-20 | D    |
        """,
    )
