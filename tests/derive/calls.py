"""Calls a registered derivation, or a parameter of the study's own specs, on drawn tables."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

import cdisc_hai.derive
import cdisc_hai.mapping
from cdisc_hai.adam.arguments import Context, records_call
from cdisc_hai.adam.tables import SdtmTables
from cdisc_hai.metadata import Imputation, Study, load_study
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import operations
from tests.derive.drawn_dates import limits

SPECS = Path(__file__).parents[2] / "specs"


@functools.cache
def study() -> Study:
    """The study that is shipped."""
    return load_study(SPECS, operations())


def run(op: str, first: pd.DataFrame, tables: Mapping[str, pd.DataFrame], **params: Any) -> Any:
    """What an operation gives; ``made`` is passed on to an operation that makes records."""
    operation = operations()[op]
    if "limit" in operation.params:
        params["limit"] = limits(dict(tables))
    made = (params.pop("made", {}),) if operation.stage == "records" else ()
    return operation.function(first, SdtmTables(tables), *made, **params)


def values(op: str, first: pd.DataFrame, tables: Mapping[str, pd.DataFrame], **params: Any) -> Any:
    """A column's values beside its row, under ``NEW``, ``FLAG`` and ``FROM``."""
    derived = run(op, first, tables, **params)
    return first.assign(NEW=derived.values, FLAG=derived.flags, FROM=derived.refs)


def imputer(tables: Mapping[str, pd.DataFrame], **rule: Any) -> Any:
    """An imputation rule over drawn tables."""
    return cdisc_hai.derive.Imputer(
        Imputation(name="drawn", at="study.yaml:1", **rule), limits(dict(tables))
    )


def parameters(
    dataset: str, codes: str, tables: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The records of parameters of a shipped spec, made from drawn ADSL and other tables."""
    context = Context(study(), SdtmTables(tables), float("nan"))
    made: dict[str, pd.DataFrame] = {}
    for parameter in study().adam[dataset].parameters:
        if parameter.paramcd in codes.split():
            subjects = tables["ADSL"]
            subjects = subjects[matches(subjects, parameter.population)].reset_index(drop=True)
            made[parameter.paramcd] = records_call(context, parameter.step, subjects, made).frame
    return made
