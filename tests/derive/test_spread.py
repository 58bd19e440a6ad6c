"""Intervals spread over their days, on drawn tables."""

from typing import Any

import pytest

from tests.derive.calls import run
from tests.derive.drawn_dates import frame, same

EX = frame(
    """
    | USUBJID | EXDOSE# | EXDOSFRQ | EXSTDTC    | EXENDTC    |
    | A       | 54      | QD       | 2024-02-28 | 2024-03-01 |
    | A       | 81      | QOD      | 2024-03-02 | 2024-03-06 |
    | A       | 10      | BID      | 2024-03-07 | 2024-03-08 |
    | A       | 9       | ONCE     | 2024-03-09 |            |
    | A       | 8       | QD       | 2024-03     | 2024-03-09 |
    | A       | 7       | QD       | 2024-03-12 | 2024-03-11 |
    | B       | 54      | QW       | 2024-01-01 | 2024-01-20 |
    | C       | 54      | QD       | 2024-01-01 | 2024-01-20 |
    """,
    "EX",
)
SUBJECTS = frame("| USUBJID |\n| A |\n| B |", "ADSL")
ASKED: dict[str, Any] = {"dataset": "EX", "start": "EXSTDTC", "end": "EXENDTC"}


def test_each_interval_gives_a_record_for_every_day_on_which_a_dose_is_due() -> None:
    found = run(
        "spread_records",
        SUBJECTS,
        {"EX": EX},
        **ASKED,
        frequency="EXDOSFRQ",
        days={"QD": 1, "QOD": 2, "QW": 7, "BID": 0.5},
        number="DOSENO",
        take={"DOSE": "EXDOSE"},
        keep=["EXDOSFRQ"],
    )
    same(
        found,
        """
        | USUBJID | ADT@       | DOSENO# | DOSE# | EXDOSFRQ | @from |
        | A       | 2024-02-28 | 1       | 54    | QD       | EX:1  |
        | A       | 2024-02-29 | 2       | 54    | QD       | EX:1  |
        | A       | 2024-03-01 | 3       | 54    | QD       | EX:1  |
        | A       | 2024-03-02 | 1       | 81    | QOD      | EX:2  |
        | A       | 2024-03-04 | 2       | 81    | QOD      | EX:2  |
        | A       | 2024-03-06 | 3       | 81    | QOD      | EX:2  |
        | A       | 2024-03-07 | 1       | 10    | BID      | EX:3  |
        | A       | 2024-03-07 | 2       | 10    | BID      | EX:3  |
        | A       | 2024-03-08 | 3       | 10    | BID      | EX:3  |
        | A       | 2024-03-08 | 4       | 10    | BID      | EX:3  |
        | A       | 2024-03-09 | 1       | 9     | ONCE     | EX:4  |
        | A       | 2024-03-12 | 1       | 7     | QD       | EX:6  |
        | B       | 2024-01-01 | 1       | 54    | QW       | EX:7  |
        | B       | 2024-01-08 | 2       | 54    | QW       | EX:7  |
        | B       | 2024-01-15 | 3       | 54    | QW       | EX:7  |
        """,
    )


def test_without_a_frequency_all_are_as_far_apart_as_the_spec_says() -> None:
    found = run(
        "spread_records",
        SUBJECTS[1:],
        {"EX": EX},
        **ASKED,
        where={"EXDOSE": {"above": 0}},
        every=10,
        gives="DUEDT",
    )
    same(found, "| USUBJID | DUEDT@ |\n| B | 2024-01-01 |\n| B | 2024-01-11 |")
    none = run("spread_records", SUBJECTS[:0], {"EX": EX}, **ASKED)
    assert none.empty


def test_a_distance_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0 days apart"):
        run("spread_records", SUBJECTS, {"EX": EX}, **ASKED, every=0)
