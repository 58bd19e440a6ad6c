"""Dates and durations as SDTM writes them (SDTMIG 4.4.1 to 4.4.3): ISO 8601, known in part."""

from __future__ import annotations

import calendar
import functools
import re

# A dash stands for an unknown part when a later one is known: 2023---15, --12-15, 2023-01-05T-:15.
_DATE = re.compile(
    r"(?P<year>\d{4}|-(?=-\d\d-\d))"
    r"(?:-(?P<month>\d\d|-(?=-\d))(?:-(?P<day>\d\d)(?P<time>T.+)?)?)?",
    re.ASCII,
)
_TIME = re.compile(
    r"T(?:(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?|-:[0-5]\d(?::[0-5]\d)?)", re.ASCII
)
_DURATION = re.compile(
    r"-?P(?=[\dT])(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)",
    re.ASCII,
)
_LEAP_YEAR = 2000  # when the year is unknown, every day that some year has is possible
_UNKNOWN = (None, "-")


@functools.lru_cache(maxsize=2**16)  # the same days stand in many columns
def is_moment(text: str) -> bool:
    """Whether this is a date, complete or partial, with or without a time, that can have been."""
    found = _DATE.fullmatch(text)
    if found is None or not _in_calendar(found["year"], found["month"], found["day"]):
        return False
    return found["time"] is None or _TIME.fullmatch(found["time"]) is not None


def is_partial_date(text: str) -> bool:
    """Whether this is a date without a time, complete or partial, that can have been."""
    return "T" not in text and is_moment(text)


def is_complete_date(text: str) -> bool:
    """Whether this is a day of the calendar."""
    return len(text) == len("YYYY-MM-DD") and text[0] != "-" and is_partial_date(text)


def is_duration(text: str) -> bool:
    """Whether this is a duration such as P3M, P2W or PT4H30M."""
    return _DURATION.fullmatch(text) is not None


def _in_calendar(year: str, month: str | None, day: str | None) -> bool:
    number = _LEAP_YEAR if year in _UNKNOWN else int(year)
    if number < 1 or (month not in _UNKNOWN and not 1 <= int(month or 0) <= 12):
        return False
    longest = 31 if month in _UNKNOWN else calendar.monthrange(number, int(month or 0))[1]
    return day is None or 1 <= int(day) <= longest
