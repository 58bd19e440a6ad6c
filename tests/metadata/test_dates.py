"""Collected dates into ISO 8601, and ISO 8601 into days."""

from __future__ import annotations

import pandas as pd
import pytest

from cdisc_hai.metadata.dates import (
    complete_day,
    day_bounds,
    day_of_iso,
    iso_of_day,
    iso_of_days,
    read_date,
    read_dates,
)
from tests.drawn import told

FORMATS = (
    "DD MON YYYY HH:MM",
    "DD MON YYYY",
    "YYYY-MM-DD",
    "YYYY-MM-DDTHH:MM:SS",
    "YYYY-MM-DDTHH:MM",
    "YYYY-MM",
    "YYYY",
)
UNKNOWN = ("UN", "UNK")


def _read(text: str) -> tuple[str, str]:
    return read_date(text, FORMATS, UNKNOWN)


def _column(*texts: str) -> pd.Series:
    return pd.Series(texts, dtype=object)


@pytest.mark.parametrize(
    ("collected", "iso"),
    [
        ("01 MAR 2024", "2024-03-01"),
        ("1 mar 2024", "2024-03-01"),
        ("1  Mar   2024", "2024-03-01"),
        ("  01 MAR 2024 ", "2024-03-01"),
        ("01 MAR 2024 09:05", "2024-03-01T09:05"),
        ("01 MAR 2024 9:05", "2024-03-01T09:05"),
        ("01 MAR 2024 00:00", "2024-03-01T00:00"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T09:05:30", "2024-03-01T09:05:30"),
        ("2024-03-01T23:59", "2024-03-01T23:59"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_date_of_any_format_is_read(collected: str, iso: str) -> None:
    assert _read(collected) == (iso, "")


@pytest.mark.parametrize(
    ("collected", "iso"),
    [
        ("UN MAR 2024", "2024-03"),
        ("un mar 2024", "2024-03"),
        ("UNK MAR 2024", "2024-03"),
        ("UN UNK 2024", "2024"),
        ("15 UNK 2024", "2024---15"),
        ("UN UNK UNK", ""),
        ("UN UNK UN", ""),
        ("01 MAR 2024 UN:UN", "2024-03-01"),
        ("01 MAR 2024 UNK:UNK", "2024-03-01"),
        ("UN MAR 2024 UN:UN", "2024-03"),
        ("2024-03-01T09:05:UN", "2024-03-01T09:05"),
        ("2024-UN-UN", "2024"),
    ],
)
def test_what_is_unknown_of_a_date_is_left_away(collected: str, iso: str) -> None:
    assert _read(collected) == (iso, "")


def test_an_hour_is_kept_where_the_minute_is_unknown() -> None:
    assert _read("01 MAR 2024 09:UN") == ("2024-03-01T09", "")


def test_a_day_and_a_month_without_a_year_are_kept_or_told() -> None:
    assert _read("15 MAR UNK") != ("", "")


@pytest.mark.parametrize(
    "collected",
    [
        "31 APR 2024",
        "30 FEB 2024",
        "29 FEB 2023",
        "29 FEB 1900",
        "00 MAR 2024",
        "32 JAN 2024",
        "2024-13-01",
        "2024-00-01",
        "2024-13",
        "0000",
        "32 UNK 2024",
        "01 MAR 2024 24:00",
        "01 MAR 2024 10:60",
        "2024-03-01T10:30:61",
    ],
)
def test_a_date_that_no_calendar_has_is_impossible(collected: str) -> None:
    assert _read(collected) == ("", "impossible")


@pytest.mark.parametrize(("year", "there"), [(2024, True), (2000, True), (2023, False)])
def test_29_february_is_there_in_leap_years_alone(year: int, there: bool) -> None:
    assert (_read(f"29 FEB {year}")[0] == f"{year}-02-29") is there


@pytest.mark.parametrize(
    "collected",
    ["yesterday", "01/03/2024", "01 MAI 2024", "01 MÄR 2024", "1 MARCH 2024", "2024-03-01Z", "24"],
)
def test_a_text_of_no_format_is_unreadable(collected: str) -> None:
    assert _read(collected) == ("", "unreadable")


def test_a_date_impossible_in_one_format_is_read_by_the_next() -> None:
    assert read_date("13/02/2024", ("MM/DD/YYYY", "DD/MM/YYYY"), ()) == ("2024-02-13", "")


def test_the_first_format_that_fits_reads_an_ambiguous_date() -> None:
    assert read_date("03/02/2024", ("MM/DD/YYYY", "DD/MM/YYYY"), ()) == ("2024-03-02", "")


def test_without_words_for_unknown_parts_none_is_forgiven() -> None:
    assert read_date("UN MAR 2024", FORMATS, ()) == ("", "unreadable")


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("JAN", "01"), ("FEB", "02"), ("MAR", "03"), ("APR", "04"), ("MAY", "05"), ("JUN", "06"),
        ("JUL", "07"), ("AUG", "08"), ("SEP", "09"), ("OCT", "10"), ("NOV", "11"), ("DEC", "12"),
    ],
)  # fmt: skip
def test_months_have_their_english_names_whatever_the_machine(
    month: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calendar.month_abbr", [""] + ["?"] * 12)
    assert _read(f"07 {month} 2021") == (f"2021-{number}-07", "")


def test_a_column_of_dates_has_beside_each_what_is_wrong_with_it() -> None:
    values = _column("01 MAR 2024", "", "30 FEB 2024", "soon", "01 MAR 2024").set_axis(
        list("abcde")
    )
    iso, wrong = read_dates(values, formats=FORMATS, unknown=UNKNOWN)
    assert told(iso) == ["2024-03-01", "", "", "", "2024-03-01"]
    assert told(wrong) == ["", "", "impossible", "unreadable", ""]
    assert list(iso.index) == list(wrong.index) == list("abcde")


def test_a_column_without_rows_gives_columns_without_rows() -> None:
    iso, wrong = read_dates(_column(), formats=FORMATS, unknown=UNKNOWN)
    assert (len(iso), len(wrong)) == (0, 0)


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01"),
        ("2024-03-01T09:05", "2024-03-01", "2024-03-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_partial_date_lies_between_its_first_and_its_last_possible_day(
    iso: str, first: str, last: str
) -> None:
    low, high = day_bounds(_column(iso))
    assert (iso_of_day(low[0]), iso_of_day(high[0])) == (first, last)


def test_a_known_day_of_an_unknown_month_bounds_the_date_by_that_day() -> None:
    low, high = day_bounds(_column("2023---15"))
    assert (iso_of_day(low[0]), iso_of_day(high[0])) == ("2023-01-15", "2023-12-15")


def test_nothing_has_no_bounds() -> None:
    low, high = day_bounds(pd.Series(["", None, "2024"], dtype=object))
    assert told(low.isna()) == told(high.isna()) == [True, True, False]


def test_a_column_without_rows_has_no_bounds() -> None:
    low, high = day_bounds(_column())
    assert (len(low), len(high)) == (0, 0)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13", "2023-00-10", "0000"])
def test_an_impossible_iso_date_has_no_days(text: str) -> None:
    low, high = day_bounds(_column(text))
    assert told(low) == told(high) == [None]


@pytest.mark.parametrize("text", ["2023-1-15", "20231231", "2023 Jan 15", "12345"])
def test_a_text_that_is_not_wholly_an_iso_date_has_no_days(text: str) -> None:
    low, high = day_bounds(_column(text))
    assert told(low) == told(high) == [None]


def test_only_a_date_with_its_day_is_complete() -> None:
    texts = _column("1960-01-02", "1960-01-03T10:30", "1960-01", "1960", "1960---15", "", "soon")
    assert told(complete_day(texts)) == [1, 2, None, None, None, None, None]


@pytest.mark.parametrize("text", ["2023-03T10:30", "2023-03--T10:30", "2023 Jan 15"])
def test_a_time_does_not_make_a_partial_date_complete(text: str) -> None:
    assert told(complete_day(_column(text))) == [None]


@pytest.mark.parametrize(
    ("iso", "day"),
    [("1960-01-01", 0), ("1959-12-31", -1), ("1960-12-31", 365), ("2024-02-29", 23435)],
)
def test_days_are_counted_from_1960_01_01(iso: str, day: int) -> None:
    assert day_of_iso(iso) == day
    assert iso_of_day(day) == iso


def test_a_day_takes_no_notice_of_a_time() -> None:
    assert day_of_iso("1960-01-02T23:59") == 1


def test_days_as_text_are_empty_where_missing() -> None:
    days = pd.Series([0.0, float("nan"), 23435.0, 0.0], index=[4, 3, 2, 1])
    assert told(iso_of_days(days)) == ["1960-01-01", "", "2024-02-29", "1960-01-01"]
    assert list(iso_of_days(days).index) == [4, 3, 2, 1]


def test_no_days_are_no_texts() -> None:
    assert told(iso_of_days(pd.Series([], dtype=float))) == []
