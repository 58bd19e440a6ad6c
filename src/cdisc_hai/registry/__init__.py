"""Operations and derivations by name, each with its parameters and its sentence."""

from cdisc_hai.registry.operations import (
    SHAPES,
    Operation,
    Origin,
    Param,
    Stage,
    operation,
    operations,
    parts_of,
)

__all__ = ["SHAPES", "Operation", "Origin", "Param", "Stage", "operation", "operations", "parts_of"]
