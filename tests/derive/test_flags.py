"""Flags of records and of events in windows, on drawn tables."""

from tests.derive.calls import imputer, run, values
from tests.derive.drawn_dates import frame, same


def test_extreme_flag_marks_the_first_record_of_each_group_in_the_order() -> None:
    rows = frame("""
        | USUBJID | AEBODSYS | ASTDT@     | AESEQ# |
        | A       | SKIN     | 2024-03-05 | 1      |
        | A       | SKIN     | 2024-03-01 | 2      |
        | A       | EYE      | 2024-03-09 | 3      |
        | B       | SKIN     | 2024-03-09 | 1      |
    """)
    same(
        values("extreme_flag", rows, {}, by=["AEBODSYS"], order=["ASTDT", "AESEQ"]),
        """
        | USUBJID | AESEQ# | NEW |
        | A       | 1      |     |
        | A       | 2      | Y   |
        | A       | 3      | Y   |
        | B       | 1      | Y   |
        """,
    )


def test_extreme_flag_takes_a_missing_value_last_whether_up_or_down() -> None:
    rows = frame("""
        | USUBJID | GRADE# | ASTDT@     | AESEQ# | TE |
        | A       |        | 2024-03-01 | 1      | Y  |
        | A       | 2      |            | 2      | Y  |
        | A       | 2      | 2024-03-07 | 3      | Y  |
        | A       | 4      | 2024-03-01 | 4      | N  |
    """)
    same(
        values(
            "extreme_flag",
            rows,
            {},
            order=["GRADE descending", "ASTDT", "AESEQ"],
            where={"TE": "Y"},
            yes="W",
        ),
        """
        | AESEQ# | NEW |
        | 1      |     |
        | 2      |     |
        | 3      | W   |
        | 4      |     |
        """,
    )


def test_extreme_flag_can_take_the_last_and_sorts_texts_as_texts() -> None:
    rows = frame("""
        | USUBJID | CODE |
        | A       | b    |
        | A       | c    |
        | A       | a    |
        | A       |      |
    """)
    same(
        values("extreme_flag", rows, {}, order=["CODE descending"], pick="first"),
        """
        | CODE | NEW |
        | b    |     |
        | c    | Y   |
        | a    |     |
        |      |     |
        """,
    )
    same(
        values("extreme_flag", rows[:3], {}, order=["CODE"], pick="last"),
        """
        | CODE | NEW |
        | b    |     |
        | c    | Y   |
        | a    |     |
        """,
    )


ADSL = frame(
    """
    | USUBJID | TRTSDT@    | TRTEDT@    |
    | A       | 2024-03-10 | 2024-03-20 |
    | B       |            |            |
    | C       | 2024-03-10 |            |
    """,
    "ADSL",
)
WINDOW = [{"from": "ADSL.TRTSDT", "to": "ADSL.TRTEDT", "plus_days": 30}]


def test_an_event_is_emergent_from_the_first_day_to_the_last_of_the_window() -> None:
    rows = frame("""
        | USUBJID | ASTDT@     |
        | A       | 2024-03-09 |
        | A       | 2024-03-10 |
        | A       | 2024-04-19 |
        | A       | 2024-04-20 |
        | B       | 2024-03-10 |
        | C       | 2026-01-01 |
        | A       |            |
    """)
    same(
        values("emergent_flag", rows, {"ADSL": ADSL}, start="ASTDT", windows=WINDOW, no="N"),
        """
        | USUBJID | ASTDT@     | NEW |
        | A       | 2024-03-09 | N   |
        | A       | 2024-03-10 | Y   |
        | A       | 2024-04-19 | Y   |
        | A       | 2024-04-20 | N   |
        | B       | 2024-03-10 | N   |
        | C       | 2026-01-01 | Y   |
        | A       |            | N   |
        """,
    )


def test_a_start_without_month_is_emergent_unless_its_year_or_its_end_rules_that_out() -> None:
    rows = frame("""
        | USUBJID | ASTDT@ | ^AE.AESTDTC | AENDT@     | @from |
        | A       |        | 2024        |            | AE:1  |
        | A       |        | 2024        | 2024-03-09 | AE:2  |
        | A       |        | 2024        | 2024-03-10 | AE:3  |
        | A       |        | 2023        |            | AE:4  |
        | A       |        | 2025        |            | AE:5  |
        | A       |        |             |            | AE:6  |
        | A       |        |             | 2024-03-01 | AE:7  |
        | B       |        |             |            | AE:8  |
    """)
    found = values(
        "emergent_flag",
        rows,
        {"ADSL": ADSL},
        start="ASTDT",
        possible="AE.AESTDTC",
        end="AENDT",
        windows=WINDOW,
    )
    same(
        found,
        """
        | @from | NEW |
        | AE:1  | Y   |
        | AE:2  |     |
        | AE:3  | Y   |
        | AE:4  |     |
        | AE:5  |     |
        | AE:6  | Y   |
        | AE:7  |     |
        | AE:8  |     |
        """,
    )


def test_a_window_may_open_with_each_record_of_a_dataset_for_some_events() -> None:
    pr = frame(
        """
        | USUBJID | PRSEQ# | PRCAT   | PRSTDTC    |
        | A       | 1      | SURGERY | 2024-09-01 |
        | A       | 2      | SURGERY | 2024-03-09 |
        | A       | 3      | OTHER   | 2025-01-01 |
        """,
        "PR",
    )
    rows = frame("""
        | USUBJID | ASURG | ASTDT@     |
        | A       | Y     | 2024-09-01 |
        | A       | Y     | 2024-11-30 |
        | A       | Y     | 2024-12-01 |
        | A       | N     | 2024-09-01 |
        | A       | Y     | 2024-03-09 |
        | A       | Y     | 2025-01-01 |
    """)
    window = {
        "when": {"ASURG": "Y"},
        "dataset": "PR",
        "where": {"PRCAT": "SURGERY"},
        "date": "PRSTDTC",
        "not_before": "ADSL.TRTSDT",
        "plus_days": 90,
    }
    same(
        values("emergent_flag", rows, {"ADSL": ADSL, "PR": pr}, start="ASTDT", windows=[window]),
        """
        | ASURG | ASTDT@     | NEW |
        | Y     | 2024-09-01 | Y   |
        | Y     | 2024-11-30 | Y   |
        | Y     | 2024-12-01 |     |
        | N     | 2024-09-01 |     |
        | Y     | 2024-03-09 |     |
        | Y     | 2025-01-01 |     |
        """,
    )


def test_an_anchor_is_not_taken_where_the_event_had_ended_before_it() -> None:
    rows = frame("""
        | USUBJID | ^AE.AESTDTC | ^AE.AEENDTC | @from |
        | A       | 2024-03     | 2024-03-09  | AE:1  |
        | A       | 2024-03     | 2024-03-10  | AE:2  |
        | A       | 2024-03     | 2024-03     | AE:3  |
    """)
    rule = imputer({"ADSL": ADSL}, to="first", same="ADSL.TRTSDT", unless_ended="AE.AEENDTC")
    derived = run("day_of", rows, {}, source="AE.AESTDTC", impute=rule)
    same(
        rows.assign(NEW=derived.values),
        """
        | @from | NEW@       |
        | AE:1  | 2024-03-01 |
        | AE:2  | 2024-03-10 |
        | AE:3  | 2024-03-10 |
        """,
    )


def test_a_day_after_a_limit_is_missing() -> None:
    rows = frame("""
        | USUBJID | ^AE.AEENDTC | @from |
        | A       | 2024-03-20  | AE:1  |
        | A       | 2024-03-21  | AE:2  |
        | C       | 2024-03-21  | AE:3  |
    """)
    derived = run("day_of", rows, {"ADSL": ADSL}, source="AE.AEENDTC", not_after=["ADSL.TRTEDT"])
    same(
        rows.assign(NEW=derived.values),
        """
        | @from | NEW@       |
        | AE:1  | 2024-03-20 |
        | AE:2  |            |
        | AE:3  | 2024-03-21 |
        """,
    )
