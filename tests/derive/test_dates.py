"""Derivations of dates, on drawn tables."""

import pandas as pd

from cdisc_hai.registry import operations
from tests.derive.calls import imputer, run, values
from tests.derive.drawn_dates import day, frame, same

# --- day_of and its flag


def test_day_of_reads_a_complete_date_and_no_partial_one() -> None:
    rows = frame("""
        | USUBJID | ^DM.DTHDTC       | @from |
        | A       | 2024-03-05       | DM:1  |
        | B       | 2024-03-05T23:59 | DM:2  |
        | C       | 2024-03          | DM:3  |
        | D       |                  | DM:4  |
    """)
    found = values("day_of", rows, {}, source="DM.DTHDTC")
    same(
        found,
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-03-05 | DM:1 |
        | B       | 2024-03-05 | DM:2 |
        | C       |            | DM:3 |
        | D       |            | DM:4 |
        """,
    )


def test_day_of_completes_a_partial_date_by_the_rule_that_is_named_and_flags_it() -> None:
    rows = frame("""
        | USUBJID | ^DM.DTHDTC | @from |
        | A       | 2024-03-05 | DM:1  |
        | B       | 2024-03    | DM:2  |
        | C       | 2024       | DM:3  |
    """)
    derived = run("day_of", rows, {}, source="DM.DTHDTC", impute=imputer({}, to="first"))
    same(
        rows.assign(NEW=derived.values, FLAG=derived.flags),
        """
        | USUBJID | NEW@       | FLAG |
        | A       | 2024-03-05 |      |
        | B       | 2024-03-01 | D    |
        | C       |            |      |
        """,
    )
    (doubt,) = derived.doubts
    assert (doubt.rule, doubt.severity) == ("ADAM-DATE-IMPUTED", "warning")
    assert doubt.refs == ["DM:2:DTHDTC"]
    assert doubt.messages == ["2024-03 is taken as 2024-03-01 by imputation 'drawn'"]


def test_a_partial_date_that_no_rule_can_complete_has_neither_day_nor_flag() -> None:
    rows = frame("""
        | USUBJID | ^DM.DTHDTC | @from |
        | A       | 2024       | DM:1  |
    """)
    derived = run("day_of", rows, {}, source="DM.DTHDTC", impute=imputer({}, to="first"))
    same(
        rows.assign(NEW=derived.values, FLAG=derived.flags),
        """
        | USUBJID | NEW@ | FLAG |
        | A       |      |      |
        """,
    )
    assert list(derived.doubts[0].messages) == []


def test_imputation_flag_tells_which_part_of_another_variable_was_imputed() -> None:
    rows = frame("""
        | USUBJID | DTHDT@     | @flag.DTHDT |
        | A       | 2024-03-01 | D           |
        | B       | 2024-03-05 |             |
    """)
    same(
        values("imputation_flag", rows, {}, variable="DTHDT"),
        """
        | USUBJID | NEW |
        | A       | D   |
        | B       |     |
        """,
    )


# --- earliest and latest

SUBJECTS = frame("""
    | USUBJID | TRTSDT@    |
    | A       | 2024-02-01 |
    | B       | 2024-02-01 |
    | C       |            |
""")
EXPOSURE = frame("""
    | USUBJID | EXSEQ# | EXDOSE# | EXSTDTC          | EXENDTC    |
    | A       | 1      | 0       | 2024-01-15       | 2024-01-15 |
    | A       | 2      | 85      | 2024-02-15       |            |
    | A       | 3      | 85      | 2024-02-01T09:00 | 2024-02-02 |
    | B       | 1      | 85      | 2024-01-31       | 2024-02    |
    | B       | 2      | 85      | 2024-02          | 2024-03    |
    | C       | 1      | 85      | 2024-02-20       | 2024-02-21 |
""", "EX")  # fmt: skip
VISITS = frame("""
    | USUBJID | SVSEQ# | SVSTDTC    |
    | A       | 1      | 2024-02-15 |
    | B       | 1      | 2024-03-10 |
    | D       | 1      | 2024-03-10 |
""", "SV")  # fmt: skip
TABLES = {"EX": EXPOSURE, "SV": VISITS}
STARTS = {"dataset": "EX", "where": {"EXDOSE": {"above": 0}}, "date": "EXSTDTC"}
ENDS = {"dataset": "EX", "where": {"EXDOSE": {"above": 0}}, "date": "EXENDTC"}
SEEN = {"dataset": "SV", "date": "SVSTDTC"}


def test_earliest_day_is_the_first_complete_day_of_all_sources() -> None:
    same(
        values("earliest_day", SUBJECTS, TABLES, sources=[STARTS, SEEN]),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-01 | EX:3 |
        | B       | 2024-01-31 | EX:4 |
        | C       | 2024-02-20 | EX:6 |
        """,
    )


def test_latest_day_is_the_last_complete_day_and_of_one_day_the_source_named_first() -> None:
    found = values("latest_day", SUBJECTS, TABLES, sources=[STARTS, SEEN])
    same(
        found,
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-15 | EX:2 |
        | B       | 2024-03-10 | SV:2 |
        | C       | 2024-02-20 | EX:6 |
        """,
    )
    found = values("latest_day", SUBJECTS, TABLES, sources=[SEEN, STARTS])
    assert found["FROM"].iloc[0] == "SV:1"


def test_not_before_takes_that_day_in_and_gives_nothing_to_a_subject_without_it() -> None:
    same(
        values("earliest_day", SUBJECTS, TABLES, sources=[STARTS], not_before="TRTSDT"),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-01 | EX:3 |
        | B       |            |      |
        | C       |            |      |
        """,
    )


def test_not_after_takes_that_day_in_and_is_no_limit_to_a_subject_without_it() -> None:
    limit = frame("""
        | USUBJID | DTHDT@     |
        | A       | 2024-02-15 |
        | B       | 2024-03-09 |
    """)
    same(
        values(
            "latest_day",
            SUBJECTS,
            {**TABLES, "ADSL": limit},
            sources=[STARTS, SEEN],
            not_after=["ADSL.DTHDT"],
        ),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-15 | EX:2 |
        | B       | 2024-01-31 | EX:4 |
        | C       | 2024-02-20 | EX:6 |
        """,
    )


def test_otherwise_is_the_date_of_a_record_whose_own_date_is_missing_or_partial() -> None:
    same(
        values("latest_day", SUBJECTS, TABLES, sources=[{**ENDS, "otherwise": "EXSTDTC"}]),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-15 | EX:2 |
        | B       | 2024-01-31 | EX:4 |
        | C       | 2024-02-21 | EX:6 |
        """,
    )


def test_otherwise_counts_for_numeric_dates_too() -> None:
    helper = frame("""
        | USUBJID | ENDT@      | STDT@      |
        | A       |            | 2024-02-15 |
        | B       | 2024-03-01 | 2024-02-15 |
    """, "XEX")  # fmt: skip
    source = {"dataset": "XEX", "date": "ENDT", "otherwise": "STDT"}
    same(
        values("latest_day", SUBJECTS, {"XEX": helper}, sources=[source]),
        """
        | USUBJID | NEW@       |
        | A       | 2024-02-15 |
        | B       | 2024-03-01 |
        | C       |            |
        """,
    )


def test_at_most_takes_a_later_day_as_the_limit_itself() -> None:
    limit = frame("""
        | USUBJID | CUTDT@     |
        | A       | 2024-02-14 |
        | B       | 2024-01-31 |
        | C       |            |
    """)
    same(
        values(
            "latest_day",
            SUBJECTS,
            {**TABLES, "ADSL": limit},
            sources=[STARTS],
            at_most="ADSL.CUTDT",
        ),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-02-14 | EX:2 |
        | B       | 2024-01-31 | EX:4 |
        | C       | 2024-02-20 | EX:6 |
        """,
    )


def test_a_source_with_a_rule_completes_its_dates_before_they_are_compared() -> None:
    source = {**STARTS, "impute": imputer({}, to="last")}
    derived = run("latest_day", SUBJECTS, TABLES, sources=[source])
    same(
        SUBJECTS.assign(NEW=derived.values, FLAG=derived.flags, FROM=derived.refs),
        """
        | USUBJID | NEW@       | FLAG | FROM |
        | A       | 2024-02-15 |      | EX:2 |
        | B       | 2024-02-29 | D    | EX:5 |
        | C       | 2024-02-20 |      | EX:6 |
        """,
    )
    assert derived.doubts[0].refs == ["EX:5"]


def test_a_date_taken_from_an_imputed_adam_date_is_flagged_as_imputed() -> None:
    helper = frame("""
        | USUBJID | ADT@       | @flag.ADT |
        | A       | 2024-02-29 | D         |
    """, "XOVR")  # fmt: skip
    source = {"dataset": "XOVR", "date": "ADT"}
    same(
        values("earliest_day", SUBJECTS, {"XOVR": helper}, sources=[source]),
        """
        | USUBJID | NEW@       | FLAG |
        | A       | 2024-02-29 | D    |
        | B       |            |      |
        | C       |            |      |
        """,
    )


def test_a_dataset_that_is_not_there_has_no_days() -> None:
    same(
        values("earliest_day", SUBJECTS, {}, sources=[STARTS]),
        """
        | USUBJID | NEW@ | FLAG | FROM |
        | A       |      |      |      |
        | B       |      |      |      |
        | C       |      |      |      |
        """,
    )


def test_of_equal_days_the_record_that_stands_first_is_taken_also_beyond_the_ninth() -> None:
    helper = frame("""
        | USUBJID | ADT@       | @ref    |
        | A       | 2024-02-15 | XOVR:9  |
        | A       | 2024-02-15 | XOVR:10 |
    """)
    found = values(
        "earliest_day", SUBJECTS, {"XOVR": helper}, sources=[{"dataset": "XOVR", "date": "ADT"}]
    )
    assert found["FROM"].iloc[0] == "XOVR:9"


def test_of_equal_days_of_one_source_the_lowest_sequence_number_is_taken_as_a_number() -> None:
    visits = frame("""
        | USUBJID | SVSEQ# | SVSTDTC    |
        | A       | 10     | 2024-02-15 |
        | A       | 9      | 2024-02-15 |
    """, "SV")  # fmt: skip
    found = values("latest_day", SUBJECTS, {"SV": visits}, sources=[SEEN])
    assert found["FROM"].iloc[0] == "SV:2"


# --- the rest


def test_cutoff_day_is_the_cutoff_on_every_row() -> None:
    def cutoff(name: str, subjects: pd.Series) -> pd.Series:
        assert name == "CUTOFF"
        return pd.Series(day("2025-12-31"), index=subjects.index)

    derived = operations()["cutoff_day"].function(SUBJECTS, {}, limit=cutoff)
    same(
        SUBJECTS.assign(NEW=derived.values),
        """
        | USUBJID | NEW@       |
        | A       | 2025-12-31 |
        | B       | 2025-12-31 |
        | C       | 2025-12-31 |
        """,
    )


def test_relative_day_has_no_day_0() -> None:
    rows = frame("""
        | USUBJID | ADT@       |
        | A       | 2024-01-31 |
        | A       | 2024-02-01 |
        | A       | 2024-02-02 |
        | A       |            |
        | C       | 2024-02-02 |
    """)
    same(
        values("relative_day", rows, {"ADSL": SUBJECTS}, date="ADT", start="ADSL.TRTSDT"),
        """
        | USUBJID | ADT@       | NEW# |
        | A       | 2024-01-31 | -1   |
        | A       | 2024-02-01 | 1    |
        | A       | 2024-02-02 | 2    |
        | A       |            |      |
        | C       | 2024-02-02 |      |
        """,
    )


def test_a_relative_day_may_start_at_a_variable_of_the_row() -> None:
    rows = frame("""
        | USUBJID | DTHDT@     | TRTSDT@    |
        | A       | 2024-02-28 | 2024-02-27 |
        | B       | 2024-02-28 |            |
    """)
    same(
        values("relative_day", rows, {}, date="DTHDT", start="TRTSDT"),
        "| USUBJID | NEW# |\n| A | 2 |\n| B | |",
    )


def test_days_between_counts_the_first_and_the_last_day() -> None:
    rows = frame("""
        | USUBJID | TRTSDT@    | TRTEDT@    |
        | A       | 2024-02-28 | 2024-03-01 |
        | B       | 2024-02-28 | 2024-02-28 |
        | C       | 2024-02-28 |            |
    """)
    same(
        values("days_between", rows, {}, start="TRTSDT", end="TRTEDT"),
        """
        | USUBJID | NEW# |
        | A       | 3    |
        | B       | 1    |
        | C       |      |
        """,
    )
