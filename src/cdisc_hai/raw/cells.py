"""Typed cells, as spreadsheets and SAS have them, as the text that a person would type."""

from __future__ import annotations

import datetime
from typing import Any

from cdisc_hai.metadata.choices import number_as_text


def cell_text(value: Any) -> str:
    """One cell: whole numbers without a decimal point, dates and times in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_as_text(float(value)) if abs(value) < 2**53 else str(value)
    if isinstance(value, datetime.datetime):
        return moment_text(value)
    if isinstance(value, datetime.time):
        return _clock(value)
    return str(value.isoformat() if isinstance(value, datetime.date) else value).strip()


def moment_text(value: datetime.datetime) -> str:
    """A date with time; midnight is no time, as a cell that is only formatted as a date has it."""
    if value.time() == datetime.time():
        return value.date().isoformat()
    return f"{value.date().isoformat()}T{_clock(value.time())}"


def _clock(value: datetime.time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")
