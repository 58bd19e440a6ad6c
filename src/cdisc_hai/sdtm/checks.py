"""The checks that a domain's spec asks for, told by raw lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cdisc_hai.errors import MappingError
from cdisc_hai.findings import Finding
from cdisc_hai.mapping.asked import findings_asked
from cdisc_hai.metadata import Dataset
from cdisc_hai.metadata.model import Check


def check_dataset(
    dataset: Dataset, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    """Findings of every check of one dataset."""
    return list(findings_asked(dataset, frame, tables, sources=_lines, error=MappingError))


def _lines(variable: str, check: Check, failed: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Where each record that fails can be mended: the lines that the value was looked up in, or
    else those of the condition's values, or else the record's own."""
    named = [n for n in (variable, *check.where) if not n.startswith("_")]  # no working variables
    lines = pd.Series("", index=failed.index, dtype=object)
    for column in (*(f"@via.{name}" for name in named), "@src"):
        if column in failed.columns:
            lines = lines.where(lines.ne(""), failed[column])
    for line in lines:
        yield tuple(filter(None, line.split(";")))
