"""Operations on numbers: collected texts as numbers, units, and numbers as text again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, Overflow
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped, Problem, told
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.frames import combined
from cdisc_hai.registry import Param, operation


def _pointed(values: pd.Series, decimal: str) -> pd.Series:
    """Texts with a point for the decimal mark; a text with both, or two marks, stays as it is."""
    if decimal == "." or pd.api.types.is_numeric_dtype(values):
        return values
    plain = values.str.count(decimal).eq(1) & ~values.str.contains(".", regex=False)
    return values.where(~plain.astype(bool), values.str.replace(decimal, ".", regex=False))


def _filled_up(written: pd.Series, decimals: int) -> pd.Series:
    def filled(text: str) -> str:
        whole, _, part = text.partition(".")
        return f"{whole}.{part.ljust(decimals, '0')}" if text else ""

    return written.map(filled).astype(object)


COMMA = re.compile(r"(?<=\d),(?=\d)")


@operation(
    "number",
    "collected",
    stage="row",
    sentence="{column} as a number.",
    column=Param("column"),
    decimal=Param("text", required=False, study="raw.decimal_mark"),
)
def number(rows: pd.DataFrame, *, column: str, decimal: str = ".") -> Mapped:
    """Collected text as a number; text that is none is left missing with a finding.

    ``decimal`` is the decimal mark; with a comma a point is read too, as nothing else is meant.
    """
    source = _pointed(rows[column], decimal)
    values = pd.to_numeric(
        source.replace("", None) if source.dtype == object else source, errors="coerce"
    )
    values = values.astype(float).where(np.isfinite(values.astype(float)))
    bad = present(source) & values.isna()
    source = rows[column]
    problem = Problem(
        "MAP-NOT-A-NUMBER",
        "error",
        bad,
        told(bad, "'", source, "' is not a number; left missing"),
        "correct the value in the EDC system",
    )
    return Mapped(values, (problem,))


@operation(
    "convert",
    stage="row",
    sentence=(
        "{column} times the factor of its unit in {unit}[, by {by}], in exact decimals: {factors}"
        "[; rounded half up to {decimals} decimals]."
    ),
    column=Param("column"),
    unit=Param("column"),
    by=Param("variable", required=False),
    factors=Param("any"),
    decimals=Param("number", required=False),
    decimal=Param("text", required=False, study="raw.decimal_mark"),
)
def convert(
    rows: pd.DataFrame,
    *,
    column: str,
    unit: str,
    factors: Mapping[str, Any],
    by: str | None = None,
    decimals: int | None = None,
    decimal: str = ".",
) -> Mapped:
    """A number times the factor of its unit, in exact decimals; a text with no number is missing.

    ``factors`` maps units to factors, or (with ``by``) the test to such a mapping. A number
    whose unit has no factor is a finding. ``decimals`` rounds the product, half up; without it
    nothing is rounded.
    """
    kinds = texts(rows[by]) if by else pd.Series("", index=rows.index, dtype=object)
    keys = [texts(_pointed(rows[column], decimal)), texts(rows[unit]), kinds]
    codes, first = combined(keys)
    distinct = zip(*(values.iloc[first] for values in keys), strict=True)
    step = None if decimals is None else Decimal(1).scaleb(-int(decimals))
    done = [_convert(value, name, kind, factors, bool(by), step) for value, name, kind in distinct]
    if not len(rows):
        return Mapped(pd.Series(np.array([], dtype=float), index=rows.index))
    values = np.array([d[0] for d in done])[codes]
    lost = pd.Series(np.array([d[1] for d in done])[codes], index=rows.index)
    problem = Problem(
        "MAP-UNKNOWN-UNIT",
        "error",
        lost,
        told(lost, "no factor for unit '", rows[unit], "'; left missing"),
        "correct the unit in the EDC system, or add its factor to the spec",
    )
    return Mapped(pd.Series(values, index=rows.index), (problem,))


def _convert(
    value: str,
    unit: str,
    kind: str,
    factors: Mapping[str, Any],
    nested: bool,
    step: Decimal | None,
) -> tuple[float, bool]:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return np.nan, False
    if not amount.is_finite() or "_" in value:  # Decimal takes underscores, no other reader does
        return np.nan, False
    table = factors.get(kind, {}) if nested else factors
    folded = {str(name).casefold(): factor for name, factor in table.items()}
    factor = folded.get(unit.casefold())
    if factor is None:
        return np.nan, True
    try:
        product = amount * Decimal(str(factor))
        converted = float(product if step is None else product.quantize(step, ROUND_HALF_UP))
    except (Overflow, InvalidOperation):
        return np.nan, False
    return (converted if np.isfinite(converted) else np.nan), False


@operation(
    "number_text",
    stage="row",
    sentence=(
        "{variable} as text[, with at least {decimals} decimals]"
        "[, or {otherwise} where it is missing]."
    ),
    variable=Param("variable"),
    otherwise=Param("column", required=False),
    decimals=Param("number", required=False),
    decimal=Param("text", required=False, study="raw.decimal_mark"),
)
def number_text(
    rows: pd.DataFrame,
    *,
    variable: str,
    otherwise: str | None = None,
    decimals: int = 0,
    decimal: str = ".",
) -> Mapped:
    """A number as text; where it is missing, another column.

    ``decimals`` fills up with zeros; nothing is ever rounded. Of a decimal comma in the other
    column (``<0,5``) a point is made, as of one in a number.
    """
    written = texts(rows[variable])
    if decimals:
        written = _filled_up(written, int(decimals))
    if otherwise is None:
        return Mapped(written)
    other = texts(rows[otherwise])
    if decimal == ",":
        other = other.str.replace(COMMA, ".", regex=True).astype(object)
    return Mapped(written.where(written.ne(""), other))
