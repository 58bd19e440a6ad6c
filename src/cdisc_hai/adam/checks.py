"""The checks that an ADaM dataset's spec asks for, as findings on the records that fail."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cdisc_hai.errors import DerivationError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.model import Check
from cdisc_hai.registry import operations


def check_records(
    dataset: Dataset, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    """Findings of every check of one dataset; their sources are records (``ADSL:5:DTHDT``)."""
    return [f for check in dataset.checks for f in _findings(dataset, check, frame, tables)]


def _findings(
    dataset: Dataset, check: Check, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    operation = operations()[check.step.op]
    try:
        failed = operation.function(frame, tables, **check.step.params)
    except KeyError as error:
        raise DerivationError(f"{check.at}: no {error.args[0]!r} to check") from error
    variable = str(check.step.params.get("variable", ""))
    return [
        Finding(
            rule=check.rule,
            severity=check.severity,  # type: ignore[arg-type]  # checked when the spec was read
            message=check.message,
            dataset=dataset.name,
            variable=variable,
            sources=(f"{ref}:{variable}" if variable else ref,),
            spec=check.at,
            mend=check.mend,
        )
        for ref in frame.loc[failed & matches(frame, check.where), "@ref"]
    ]
