"""What is sorted by subject is looked up once a subject, and gives what it gave row by row."""

import pandas as pd

from cdisc_hai.derive.runs import runs, sorted_by
from tests.derive.calls import run
from tests.derive.drawn_dates import frame, same


def test_a_run_begins_where_a_value_changes() -> None:
    starts, lengths = runs(pd.Series(["A", "A", "B", "A"], dtype=object))
    assert (starts.tolist(), lengths.tolist()) == ([0, 2, 3], [2, 1, 1])
    assert [len(part) for part in runs(pd.Series([], dtype=object))] == [0, 0]


def test_rows_are_sorted_by_their_keys_with_missing_numbers_last_and_equal_ones_as_they_were() -> (
    None
):
    rows = frame("""
        | S | N# | X |
        | B | 1  | 1 |
        | A |    | 2 |
        | A | 2  | 3 |
        | A | -1 | 4 |
        | A | 2  | 5 |
    """)
    assert sorted_by(rows, ["S", "N"])["X"].tolist() == ["4", "3", "5", "2", "1"]


def test_the_last_day_is_found_in_records_that_are_not_sorted_by_subject() -> None:
    subjects = frame("| USUBJID |\n| A |\n| B |", "ADSL")
    records = frame("""
        | USUBJID | LBDTC      | LBSEQ# |
        | A       | 2024-03-01 | 1      |
        | B       | 2024-02-01 | 1      |
        | A       | 2024-05-01 | 2      |
        | A       |            | 3      |
        | B       | 2024-01-01 | 2      |
    """, "LB")  # fmt: skip
    found = run(
        "latest_day", subjects, {"LB": records}, sources=[{"dataset": "LB", "date": "LBDTC"}]
    )
    same(
        subjects.assign(NEW=found.values, FROM=found.refs),
        """
        | USUBJID | NEW@       | FROM |
        | A       | 2024-05-01 | LB:3 |
        | B       | 2024-02-01 | LB:2 |
        """,
    )
