"""Operations and derivations by name, each with its parameters and its sentence."""

from cdisc_hai.registry.operations import (
    FORMULA_WORDS,
    SHAPES,
    Operation,
    Origin,
    Param,
    Stage,
    operation,
    operations,
    parts_of,
    template_names,
)

__all__ = [
    "FORMULA_WORDS",
    "SHAPES",
    "Operation",
    "Origin",
    "Param",
    "Stage",
    "operation",
    "operations",
    "parts_of",
    "template_names",
]
