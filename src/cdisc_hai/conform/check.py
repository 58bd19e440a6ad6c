"""A frame against its spec's schema: every failure becomes a finding with its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from cdisc_hai.conform.schema import dataset_schema
from cdisc_hai.conform.tell import told
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.shapes import did_you_mean

_LAYOUT = (
    SchemaErrorReason.COLUMN_NOT_IN_SCHEMA,
    SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME,
    SchemaErrorReason.COLUMN_NOT_ORDERED,
)


def check_frame(
    study: Study, dataset: Dataset, frame: pd.DataFrame, *, sources: pd.Series | None = None
) -> tuple[Finding, ...]:
    """Everything in which the records break the contract of their spec.

    Columns whose name begins with @ are lineage and are passed over. ``sources`` has, record for
    record, the raw lines as ``file:row`` joined by ``;``. Rows are counted from 1. Failures of one
    rule, variable and value are one finding.
    """
    plain = frame.reset_index(drop=True)
    lines = None if sources is None else sources.reset_index(drop=True)
    hidden = np.array([str(c).startswith("@") for c in plain.columns], dtype=bool)
    twice = plain.columns.duplicated() & ~hidden
    found = [_doubled(dataset, str(name)) for name in plain.columns[twice].unique()]
    if (twice | hidden).any():
        plain = plain.loc[:, ~(twice | hidden)]
    # said here, so that no setting of the machine turns checks off
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            dataset_schema(study, dataset).validate(plain, lazy=True, inplace=True)
        except SchemaErrors as failure:
            found += _layout(dataset, failure.schema_errors)
            for error in failure.schema_errors:
                found += _broken(dataset, error, plain, lines)
    return merged(found)


def _doubled(dataset: Dataset, name: str) -> Finding:
    return Finding(
        "CONTRACT-COLUMN",
        "error",
        f"two columns are called {name}",
        dataset.name,
        name,
        spec=dataset.at,
        mend="take one of them out",
    )


def _layout(dataset: Dataset, errors: Iterable[SchemaError]) -> Iterator[Finding]:
    """Columns that are not there, too many, or in another order, which is told once."""
    names = [v.name for v in dataset.submitted]
    ordered = True
    for error in errors:
        name = str(error.failure_cases)
        variable = dataset.variable(name)
        spec = variable.at if variable else dataset.at
        if error.reason_code == SchemaErrorReason.COLUMN_NOT_IN_SCHEMA:
            message = f"column {name} is not in the spec{did_you_mean(name, names)}"
            rule, mend = "CONTRACT-COLUMN", "take the column out, or add the variable to the spec"
        elif error.reason_code == SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
            message = f"column {name} is not there"
            rule, mend = "CONTRACT-COLUMN", "add the column, empty where nothing was collected"
        elif error.reason_code == SchemaErrorReason.COLUMN_NOT_ORDERED and ordered:
            message = f"columns stand in another order than in the spec, from {name} on"
            rule, mend, ordered = "CONTRACT-ORDER", "put the columns into the spec's order", False
        else:
            continue
        yield Finding(rule, "error", message, dataset.name, name, spec=spec, mend=mend)


def _broken(
    dataset: Dataset, error: SchemaError, frame: pd.DataFrame, lines: pd.Series | None
) -> Iterator[Finding]:
    """The findings of one failed check: one a value, or one for a column of the wrong type."""
    if error.reason_code in _LAYOUT:
        return
    check = error.check
    if error.reason_code != SchemaErrorReason.DATAFRAME_CHECK or isinstance(check, str):
        raise error  # a check that cannot run is no finding of the data
    name = check.title or ""
    variable = dataset.variable(name)
    finding = Finding(
        rule=str(check.name),
        severity="error",
        message=str(check.error),
        dataset=dataset.name,
        variable=name,
        spec=variable.at if variable else dataset.at,
        mend=check.description or "",
    )
    if not isinstance(error.check_output, pd.Series):
        yield replace(finding, message=f"the whole column {check.error}")
        return
    quotes = [quote for quote in check.statistics["quotes"] if quote in frame.columns]
    yield from told(finding, frame, ~error.check_output.astype(bool), quotes, lines)
