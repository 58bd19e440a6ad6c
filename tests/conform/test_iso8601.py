"""ISO 8601 as SDTM writes it, with unknown parts, and only days that the calendar has."""

from __future__ import annotations

import pytest

from cdisc_hai.conform.iso8601 import is_complete_date, is_duration, is_moment, is_partial_date


@pytest.mark.parametrize(
    "text",
    [
        "2023",
        "2023-03",
        "2023-03-31",
        "2023---15",
        "--12-15",
        "--02-29",
        "2024-02-29",
        "2023-03-31T08",
        "2023-03-31T08:05",
        "2023-03-31T23:59:59",
        "2023-03-31T23:59:59.5",
        "2023-03-31T-:15",
    ],
)
def test_a_moment_may_be_known_in_part(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23-03-01",
        "2023-3-1",
        "20230301",
        "2023-13",
        "2023-02-29",
        "2023-04-31",
        "2023---32",
        "2023--",
        "2023-00-10",
        "2023-01-00",
        "0000-01-01",
        "--13-01",
        "--12",
        "2023-03T08:05",
        "2023-03-31T24:00",
        "2023-03-31T08:60",
        "2023-03-31T",
        "2023-03-31 08:05",
        "2023-03-31\n",
        "31 MAR 2023",
        "２０２３-03-01",
    ],
)
def test_what_the_calendar_or_the_form_does_not_have_is_no_moment(text: str) -> None:
    assert not is_moment(text)


def test_a_partial_date_has_no_time_and_a_complete_one_has_every_part() -> None:
    assert [is_partial_date(t) for t in ("2023", "2023-03-01", "2023-03-01T08:05")] == [
        True,
        True,
        False,
    ]
    assert [is_complete_date(t) for t in ("2023-03-01", "2023-03", "2023---15", "--12-15")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("text", ["P3M", "P2W", "P1Y2M10DT2H30M", "PT4H", "P0.5D", "-P1D"])
def test_a_duration_names_its_units(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "3M", "P1M1Y", "P1DT", "P1W2D"])
def test_what_has_no_unit_or_another_order_is_no_duration(text: str) -> None:
    assert not is_duration(text)
