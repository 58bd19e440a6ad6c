"""What the values of a column are in fact: their type, length and decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

NUMERIC_LENGTH = 8  # bytes of a number in a transport file; told where no value tells more
MOST_DECIMALS = 6  # a number with more was computed, and no format follows from its digits
_MONTH, _DAY_OF_MONTH = "(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DAY = rf"\d{{4}}-{_MONTH}-{_DAY_OF_MONTH}"
_PARTIAL_DAY = rf"\d{{4}}(-{_MONTH}(-{_DAY_OF_MONTH})?)?"
_TIME = r"([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d+)?)?)?"
_SHAPES = (
    ("date", re.compile(_DAY)),
    ("datetime", re.compile(rf"{_DAY}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?")),
    ("partialDate", re.compile(_PARTIAL_DAY)),
    ("partialDatetime", re.compile(rf"{_PARTIAL_DAY}|{_DAY}T{_TIME}")),
    (
        "incompleteDatetime",
        re.compile(rf"(\d{{4}}|-)(-({_MONTH}|-)(-({_DAY_OF_MONTH}|-)(T[\d:.-]*)?)?)?"),
    ),
)
_WIDER = {
    frozenset({"date", "partialDate"}): "partialDate",
    frozenset({"date", "datetime"}): "partialDatetime",
    frozenset({"date", "partialDatetime"}): "partialDatetime",
    frozenset({"datetime", "partialDate"}): "partialDatetime",
    frozenset({"datetime", "partialDatetime"}): "partialDatetime",
    frozenset({"partialDate", "partialDatetime"}): "partialDatetime",
}
_TIMED = ("date", "datetime", "partialDate")


@dataclass(frozen=True)
class Measured:
    """A column's data type of Define-XML with the figures that go with it."""

    data_type: str
    length: int | None
    digits: int | None
    display: str


def measured(
    values: pd.Series, declared: str, encoding: str, *, width: int | None, form: str = ""
) -> Measured:
    """Measure a column as read from a transport file.

    ``declared`` is the spec's type, ``width`` the length in bytes of a text (None: that of its
    longest value in ``encoding``), ``form`` the SAS format. A date's type is the narrowest one
    that its values allow; a number without decimals is an integer.
    """
    display = form
    if pd.api.types.is_numeric_dtype(values):
        return _number(values, declared, display)
    distinct = [v for v in values.unique() if v]
    if declared == "duration":
        return Measured("durationDatetime", None, None, display)
    if declared in _TIMED:
        kind = date_type(distinct) if distinct else declared
        if kind != "text":
            return Measured(kind, None, None, display)
    if width is None:
        width = max((len(v.encode(encoding, "replace")) for v in distinct), default=1)
    return Measured("text", width, None, display)


def date_type(values: Iterable[str]) -> str:
    """The narrowest ISO 8601 type that holds all values; ``text`` where none does."""
    kind = ""
    for value in values:
        own = next((name for name, shape in _SHAPES if shape.fullmatch(value)), "text")
        if own == "text":
            return own
        if not kind or own == kind:
            kind = own
        else:
            kind = _WIDER.get(frozenset({own, kind}), "incompleteDatetime")
    return kind


def fits_type(value: str, data_type: str) -> bool:
    """Whether a text is a value of a date type."""
    shape = dict(_SHAPES).get(data_type)
    return shape is None or shape.fullmatch(value) is not None


def _number(values: pd.Series, declared: str, display: str) -> Measured:
    texts = [plain_number(v) for v in values.dropna().unique()]
    decimals = max((len(t.partition(".")[2]) for t in texts), default=0)
    length = max((len(t.lstrip("-")) for t in texts), default=NUMERIC_LENGTH)
    if decimals:
        whole = max(len(t.lstrip("-").partition(".")[0]) for t in texts)
        length = whole + 1 + decimals
        fixed = f"{length}.{decimals}" if decimals <= MOST_DECIMALS else ""
        return Measured("float", length, decimals, display or fixed)
    if declared == "float" and not texts:
        return Measured("float", length, 0, display)
    return Measured("integer", length, None, display)


def plain_number(value: float) -> str:
    """A number without exponent, as short as it can be told from its neighbours."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
