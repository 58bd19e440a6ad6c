"""Derivations that make the records of a parameter, on drawn tables."""

import pytest

from tests.derive.calls import run
from tests.derive.drawn_dates import frame, same

SUBJECTS = frame("""
    | USUBJID | RANDDT@    |
    | A       | 2024-01-01 |
    | B       | 2024-01-01 |
    | C       | 2024-01-01 |
""", "ADSL")  # fmt: skip


def test_records_of_takes_the_records_of_the_subjects_under_new_names() -> None:
    responses = frame("""
        | USUBJID | AVALC | SRCSEQ# | ANL01FL |
        | B       | PR    | 1       | Y       |
        | A       | SD    | 1       | Y       |
        | A       | PD    | 2       |         |
        | X       | PD    | 1       | Y       |
    """, "XOVR")  # fmt: skip
    found = run(
        "records_of",
        SUBJECTS,
        {"XOVR": responses},
        dataset="XOVR",
        where={"ANL01FL": "Y"},
        take={"AVALC": "AVALC", "SEQ": "SRCSEQ"},
    )
    same(
        found,
        """
        | USUBJID | AVALC | SEQ# | @from  |
        | B       | PR    | 1    | XOVR:1 |
        | A       | SD    | 1    | XOVR:2 |
        """,
    )


def test_records_of_a_variable_that_is_not_there_is_an_error() -> None:
    responses = frame("""
        | USUBJID | AVALC |
        | A       | PR    |
    """, "XOVR")  # fmt: skip
    with pytest.raises((KeyError, ValueError)):
        run(
            "records_of",
            SUBJECTS,
            {"XOVR": responses},
            dataset="XOVR",
            take={"AVALC": "AVALCC"},
        )


BEST = frame("""
    | USUBJID | AVALC   | ADT@       | ADTF | SRCSEQ# | RESPDT@    | RESPDTF | RESPSEQ# | @from  |
    | A       | CR      | 2024-04-22 |      | 2       | 2024-02-29 | D       | 1        | XOVR:2 |
    | B       | SD      | 2024-02-26 | D    | 1       |            |         |          | XOVR:3 |
    | C       | MISSING |            |      |         |            |         |          | ADSL:3 |
""").assign(SRCDOM="RS", SRCVAR="RSSTRESC", RESPDOM="RS", RESPVAR="RSSTRESC")


def test_response_flag_is_y_with_the_date_and_source_of_the_response_and_n_without_either() -> None:
    found = run(
        "response_flag", SUBJECTS, {}, made={"BOR": BEST}, parameter="BOR", values=["CR", "PR"]
    )
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# | @from  |
        | A       | Y     | 2024-04-22 |      | RS     | RSSTRESC | 2       | XOVR:2 |
        | B       | N     |            |      |        |          |         | XOVR:3 |
        | C       | N     |            |      |        |          |         | ADSL:3 |
        """,
    )


def test_response_flag_by_respdt_is_dated_by_the_first_responding_assessment() -> None:
    found = run(
        "response_flag",
        SUBJECTS,
        {},
        made={"BOR": BEST},
        parameter="BOR",
        values=["CR", "PR"],
        date="RESPDT",
    )
    same(
        found,
        """
        | USUBJID | AVALC | ADT@       | ADTF | SRCDOM | SRCVAR   | SRCSEQ# |
        | A       | Y     | 2024-02-29 | D    | RS     | RSSTRESC | 1       |
        | B       | N     |            |      |        |          |         |
        | C       | N     |            |      |        |          |         |
        """,
    )


def test_response_flag_says_the_words_that_the_spec_gives() -> None:
    found = run(
        "response_flag",
        SUBJECTS,
        {},
        made={"BOR": BEST},
        parameter="BOR",
        values=["CR", "PR", "SD"],
        yes="CONTROL",
        no="NO CONTROL",
    )
    same(
        found,
        """
        | USUBJID | AVALC      | ADT@       | ADTF |
        | A       | CONTROL    | 2024-04-22 |      |
        | B       | CONTROL    | 2024-02-26 | D    |
        | C       | NO CONTROL |            |      |
        """,
    )


# The same rules through the study's own spec: tests/derive/test_best_response.py.
def test_best_response_is_the_best_of_the_assessments_and_tells_where_it_comes_from() -> None:
    responses = frame("""
        | USUBJID | ADT@       | ADTF | AVALC | SRCDOM | SRCVAR   | SRCSEQ# |
        | A       | 2024-02-26 |      | PR    | RS     | RSSTRESC | 1       |
        | A       | 2024-04-30 | D    | CR    | RS     | RSSTRESC | 2       |
        | B       | 2024-01-20 |      | SD    | RS     | RSSTRESC | 1       |
        | X       | 2024-02-26 |      | CR    | RS     | RSSTRESC | 1       |
    """, "XOVR")  # fmt: skip
    found = run(
        "best_response",
        SUBJECTS,
        {"XOVR": responses},
        dataset="XOVR",
        start="RANDDT",
        minimum_sd_days=42,
        confirmation_days=28,
    )
    same(
        found,
        """
        | AVALC   | ADT@       | ADTF | SRCVAR   | SRCSEQ# | RESPDT@    | RESPSEQ# | @from         |
        | CR      | 2024-04-30 | D    | RSSTRESC | 2       | 2024-02-26 | 1        | XOVR:2        |
        | NE      | 2024-01-20 |      | RSSTRESC | 1       |            |          | XOVR:3        |
        | MISSING |            |      |          |         |            |          | ADSL:3:RANDDT |
        """,
    )
