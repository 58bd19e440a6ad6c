"""A traced record as an indented tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdisc_hai.build.tracing import Traced


def tree_lines(record: Traced, depth: int = 0) -> Iterator[str]:
    """The record, its spec lines, its raw lines, and below it the records that it came from."""
    indent = "  " * depth
    values = " ".join(f"{name}={value}" for name, value in record.values.items())
    name = f"{record.dataset}.{record.variable}" if record.variable else record.dataset
    yield f"{indent}{name} record {record.row}: {values}"
    for spec in record.specs:
        yield f"{indent}  by {spec}"
    for source in record.sources:
        yield f"{indent}  from {source}"
    for below in record.records:
        yield from tree_lines(below, depth + 1)
