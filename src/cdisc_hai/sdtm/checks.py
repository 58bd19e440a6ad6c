"""The checks that a dataset's spec asks for, as findings with their raw lines."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cdisc_hai.errors import MappingError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.model import Check
from cdisc_hai.registry import operations


def check_dataset(
    dataset: Dataset, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    """Findings of every check of one dataset."""
    return [f for check in dataset.checks for f in _findings(dataset, check, frame, tables)]


def _findings(
    dataset: Dataset, check: Check, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    operation = operations()[check.step.op]
    try:
        bad = operation.function(frame, tables, **check.step.params)
    except KeyError as error:
        raise MappingError(f"{check.at}: no {error.args[0]!r} to check") from error
    bad = bad & matches(frame, check.where)
    return [
        Finding(
            rule=check.rule,
            severity=check.severity,  # type: ignore[arg-type]  # checked when the spec was read
            message=check.message,
            dataset=dataset.name,
            variable=str(check.step.params.get("variable", "")),
            sources=tuple(filter(None, source.split(";"))),
            spec=check.at,
            mend=check.mend,
        )
        for source in _lines(check, frame[bad])
    ]


def _lines(check: Check, failed: pd.DataFrame) -> pd.Series:
    """Where each record that fails can be mended: the lines that the value was looked up in, or
    else those of the condition's values, or else the record's own."""
    variables = [str(check.step.params.get("variable", "")), *check.where]
    named = [name for name in variables if not name.startswith("_")]  # no working variables
    lines = pd.Series("", index=failed.index, dtype=object)
    for column in (*(f"@via.{name}" for name in named), "@src"):
        if column in failed.columns:
            lines = lines.where(lines.ne(""), failed[column])
    return lines
