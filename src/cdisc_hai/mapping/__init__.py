"""The named SDTM operations, plain pandas functions; importing this room registers them."""

from cdisc_hai.mapping import (
    checks,
    cross_checks,
    epochs,
    long_text,
    moments,
    numbers,
    own_function,
    plausible,
    row,
    text,
    whole,
)
from cdisc_hai.mapping.result import Mapped, Problem

__all__ = [
    "Mapped",
    "Problem",
    "checks",
    "cross_checks",
    "epochs",
    "long_text",
    "moments",
    "numbers",
    "own_function",
    "plausible",
    "row",
    "text",
    "whole",
]
