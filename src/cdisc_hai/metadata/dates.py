"""Dates as an EDC system collects them into ISO 8601, and ISO 8601 into days.

Partial dates keep what is known: ``2023-03`` without day, ``2023`` without month. Days are SAS
dates, counted from 1960-01-01. Each distinct text is read once, so cost follows the number
of distinct dates and not of rows.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from cdisc_hai.metadata.date_formats import TOKENS

EPOCH = datetime.date(1960, 1, 1)
# English names, whatever the locale of the machine
_MONTHS = dict(
    zip(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        range(1, 13),
        strict=True,
    )
)
_NAMES = (
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
)
# a year, and what is known of month and day; a time may follow, its own parts unknown too
ISO = re.compile(
    r"(\d{4})(?:-(\d\d|-)(?:-(\d\d|-))?)?(?:T[\d:.-]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)

IMPOSSIBLE, UNREADABLE, NO_YEAR = "impossible", "unreadable", "no year"


@functools.lru_cache(maxsize=256)
def _pattern(form: str, unknown: tuple[str, ...]) -> re.Pattern[str]:
    """A format such as ``DD MON YYYY HH:MM`` as a pattern; MM behind HH is minutes."""
    words = "|".join(re.escape(word) for word in sorted(unknown, key=len, reverse=True))
    parts = {
        "YYYY": ("y", r"\d{4}"),
        "MONTH": ("b", r"[A-Za-z]{3,9}"),
        "MON": ("b", r"[A-Za-z]{3}"),
        "MM": ("m", r"\d{1,2}"),
        "DD": ("d", r"\d{1,2}"),
        "HH": ("h", r"\d{1,2}"),
        "SS": ("s", r"\d{2}"),
        "AM": ("p", r"[AaPp]\.?[Mm]\.?"),
    }
    text, position, hours = "", 0, False
    for token in TOKENS.finditer(form):
        text += re.sub(r"(\\ )+", r"\\s+", re.escape(form[position : token.start()]))
        name, digits = parts[token[0]]
        if token[0] == "MM" and hours:
            name = "n"
        hours = hours or token[0] == "HH"
        text += f"(?P<{name}>{digits}{'|' + words if words else ''})"
        position = token.end()
    return re.compile(text + re.escape(form[position:]), re.IGNORECASE)


@functools.lru_cache(maxsize=1 << 16)
def read_date(text: str, formats: tuple[str, ...], unknown: tuple[str, ...]) -> tuple[str, str]:
    """One collected date as (ISO 8601, what is wrong with it).

    Wrong is nothing (empty), ``impossible``, ``unreadable`` or ``no year``: a day or a month is
    known and their year is not.
    """
    text = text.strip()
    if not text:
        return "", ""
    wrong = UNREADABLE
    for form in formats:
        match = _pattern(form, tuple(unknown)).fullmatch(text)
        if match:
            iso, fault = _iso(match.groupdict(), {word.upper() for word in unknown})
            if not fault:
                return iso, ""
            wrong = fault
    return "", wrong


def _iso(found: dict[str, str], unknown: set[str]) -> tuple[str, str]:
    # a figure such as 00 may stand for an unknown day, and yet is a minute like any other
    known = {
        part: text
        for part, text in found.items()
        if text is not None
        and not (text.upper() in unknown and (part in "ybmd" or not text.isdigit()))
    }
    if "b" in known:
        name = known["b"].upper()
        month = _MONTHS.get(name[:3])
        if month is None or not (len(name) == 3 or name == _NAMES[month - 1]):
            return "", UNREADABLE
        known["m"] = str(month)
    if "y" not in known:
        return "", NO_YEAR if {"m", "d"} & set(known) else ""
    year, month, day = int(known["y"]), int(known.get("m", 0)), int(known.get("d", 0))
    if not _possible(year, month, day, "m" in known, "d" in known):
        return "", IMPOSSIBLE
    if "m" not in known:
        return (f"{year:04d}---{day:02d}" if day else f"{year:04d}"), ""
    iso = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return _with_time(iso, known) if day else (iso, "")


def _possible(year: int, month: int, day: int, has_month: bool, has_day: bool) -> bool:
    if year < 1 or (has_month and not 1 <= month <= 12):
        return False
    longest = calendar.monthrange(year, month)[1] if has_month else 31
    return not has_day or 1 <= day <= longest


def _with_time(iso: str, known: dict[str, str]) -> tuple[str, str]:
    if "h" not in known:
        return iso, ""
    hour, minute, second = (int(known.get(part, 0)) for part in "hns")
    if "p" in known:
        if not 1 <= hour <= 12:
            return "", IMPOSSIBLE
        hour = hour % 12 + (12 if known["p"][0] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return "", IMPOSSIBLE
    minutes = f":{minute:02d}" if "n" in known else ""
    seconds = f":{second:02d}" if "n" in known and "s" in known else ""
    return f"{iso}T{hour:02d}{minutes}{seconds}", ""


@functools.lru_cache(maxsize=1 << 14)
def read_time(text: str, formats: tuple[str, ...], unknown: tuple[str, ...]) -> tuple[str, str]:
    """One collected time as (``HH:MM`` or ``HH:MM:SS``, what is wrong with it); an unknown hour or
    minute leaves nothing."""
    text = text.strip()
    if not text or text.upper() in {word.upper() for word in unknown}:
        return "", ""
    wrong = UNREADABLE
    for form in formats:
        match = _pattern(form, unknown).fullmatch(text)
        if match:
            known = {p: t for p, t in match.groupdict().items() if t and t.upper() not in unknown}
            if "n" not in known:
                return "", ""
            iso, fault = _with_time("", known)
            if not fault:
                return iso.removeprefix("T"), ""
            wrong = fault
    return "", wrong


def read_dates(
    values: pd.Series, *, formats: Sequence[str], unknown: Sequence[str]
) -> tuple[pd.Series, pd.Series]:
    """A column of collected dates as ISO 8601 and, beside it, what is wrong with each."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    forms, words = tuple(formats), tuple(unknown)
    read = [read_date(str(text), forms, words) for text in distinct]
    iso = np.array([r[0] for r in read] or [""], dtype=object)
    wrong = np.array([r[1] for r in read] or [""], dtype=object)
    if not len(values):
        return values.astype(object), values.astype(object)
    return pd.Series(iso[codes], index=values.index), pd.Series(wrong[codes], index=values.index)


@functools.lru_cache(maxsize=1 << 16)
def _bounds(iso: str) -> tuple[float, float]:
    """First and last day that a (partial) date may mean; none where it is no date at all."""
    match = ISO.fullmatch(iso)
    if not match:
        return np.nan, np.nan
    year, months = int(match[1]), [int(match[2])] if _known(match[2]) else [1, 12]
    known_day = int(match[3]) if _known(match[3]) else 0
    if not _possible(year, months[0], known_day, True, bool(known_day)):
        return np.nan, np.nan
    first = datetime.date(year, months[0], known_day or 1)
    length = calendar.monthrange(year, months[-1])[1]
    last = datetime.date(year, months[-1], known_day or length)
    return float((first - EPOCH).days), float((last - EPOCH).days)


def _known(part: str | None) -> bool:
    return part not in (None, "-")


@functools.lru_cache(maxsize=1 << 16)
def _complete(iso: str) -> bool:
    match = ISO.fullmatch(iso)
    return match is not None and _known(match[2]) and _known(match[3])


def day_bounds(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """First and last possible day of each ISO 8601 text; NaN where there is none."""
    codes, distinct = pd.factorize(values)
    pairs = np.array([*(_bounds(str(text)) for text in distinct), (np.nan, np.nan)])
    return (
        pd.Series(pairs[codes, 0], index=values.index),
        pd.Series(pairs[codes, 1], index=values.index),
    )


def complete_day(values: pd.Series) -> pd.Series:
    """The day of each complete date (a time is passed over); NaN for partial and absent ones."""
    codes, distinct = pd.factorize(values)
    found = [_bounds(text)[0] if _complete(text) else np.nan for text in map(str, distinct)]
    return pd.Series(np.array([*found, np.nan])[codes], index=values.index, dtype=float)


def days_and_faults(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """``complete_day`` and ``is_no_date`` of the same texts, each text read once."""
    codes, distinct = pd.factorize(values)
    words = [str(text) for text in distinct]
    days = np.array([*(_bounds(w)[0] if _complete(w) else np.nan for w in words), np.nan])
    faults = np.array([*map(_no_date, words), False])
    return (
        pd.Series(days[codes], index=values.index, dtype=float),
        pd.Series(faults[codes], index=values.index, dtype=bool),
    )


def is_no_date(values: pd.Series) -> pd.Series:
    """Texts that are neither empty nor a date, complete or in part, that can have been."""
    return _of_distinct(values, _no_date)


def _no_date(text: str) -> bool:
    # without its year it begins with "--"
    return text != "" and not text.startswith("--") and bool(np.isnan(_bounds(text)[0]))


def _of_distinct(values: pd.Series, told: Callable[[str], bool]) -> pd.Series:
    """What is told of each text, asked once for each that differs."""
    codes, distinct = pd.factorize(values)
    answers = np.array([*(told(str(text)) for text in distinct), False])
    return pd.Series(answers[codes], index=values.index, dtype=bool)


def iso_of_day(day: float) -> str:
    """A SAS date as ISO 8601."""
    return (EPOCH + datetime.timedelta(days=int(day))).isoformat()


def iso_of_days(days: pd.Series) -> pd.Series:
    """SAS dates as ISO 8601 text; empty where missing."""
    codes, distinct = pd.factorize(days)
    texts = np.array([iso_of_day(d) for d in distinct] + [""], dtype=object)
    return pd.Series(texts[codes], index=days.index, dtype=object)


def without_day_zero(days: pd.Series) -> pd.Series:
    """Differences of days as study days: plus 1 on or after the reference, as there is no day 0."""
    return days + (days >= 0).astype(float)


def day_of_iso(text: str) -> float:
    """The SAS date of one complete ISO 8601 date."""
    return float((datetime.date.fromisoformat(text[:10]) - EPOCH).days)
