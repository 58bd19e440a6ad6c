"""Figures for people: millimetres, percent changes, and why a target response is what it is."""

from __future__ import annotations

from cdisc_hai.recist.policy import Criteria
from cdisc_hai.recist.target import TargetFigures
from cdisc_hai.recist.terms import CR, PD


def millimetres(size: int) -> str:
    """0.01 mm as mm without trailing zeros: 4610 is 46.1."""
    sign, whole, part = "-" * (size < 0), abs(size) // 100, abs(size) % 100
    return f"{sign}{whole}.{part:02d}".rstrip("0").rstrip(".")


def percent_change(size: int, reference: int, criteria: Criteria) -> str:
    """A signed percent change, to one decimal, or to more where one would feign a limit."""
    limits = (criteria.growth_percent, -criteria.shrinkage_percent)
    digits = 1
    while True:
        exact = 10**digits * 100 * (size - reference)  # in units of the last digit, times reference
        units = _rounded(exact, reference)
        if units * reference == exact or not any(units == 10**digits * one for one in limits):
            break
        digits += 1
    sign = "+" if size > reference else ""
    return f"{sign}{units / 10**digits:.{digits}f} %"


def _rounded(dividend: int, divisor: int) -> int:
    """A quotient as a whole number, halves to even; in whole numbers, so exact."""
    quotient, rest = divmod(dividend, divisor)
    up = 2 * rest > divisor or (2 * rest == divisor and quotient % 2 == 1)
    return quotient + up


def signed_mm(size: int) -> str:
    """A change in mm with its sign."""
    return f"{'+' if size > 0 else ''}{millimetres(size)} mm"


def target_reason(figures: TargetFigures, response: str, criteria: Criteria) -> str:
    """Why the target response is what it is, in words and figures."""
    if not figures.targets:
        return f"no target lesions: {response}"
    if figures.baseline is None or figures.nadir is None:
        return f"no complete sum at baseline: {response}"
    part = (
        "" if figures.complete else f"{figures.valued} of {figures.targets} targets have a value, "
    )
    size = f"{part}sum {millimetres(figures.sum)} mm"
    if response == PD and figures.after_cr and figures.seen:
        return f"{size}, target disease seen again after CR: {response}"
    if response == CR:
        return f"{size}, all targets gone or normal nodes: {response}"
    from_nadir = _change("nadir", figures.sum, figures.nadir, criteria)
    if response == PD or not figures.complete:
        return f"{size}, {from_nadir}: {response}"
    from_baseline = _change("baseline", figures.sum, figures.baseline, criteria)
    return f"{size}, {from_baseline}; {from_nadir}: {response}"


def _change(name: str, size: int, reference: int, criteria: Criteria) -> str:
    percent = f"{percent_change(size, reference, criteria)}, " if reference else ""
    return f"{name} {millimetres(reference)} mm: {percent}{signed_mm(size - reference)}"
