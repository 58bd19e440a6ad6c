"""Calls a derivation with what its spec line names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cdisc_hai.adam.tables import SUBJECT, SdtmTables
from cdisc_hai.derive import Derived, Imputer, Records
from cdisc_hai.derive.subjects import places, taken
from cdisc_hai.errors import CdiscHaiError, DerivationError
from cdisc_hai.metadata import Step, Study
from cdisc_hai.metadata.dates import day_bounds
from cdisc_hai.metadata.reads import CUTOFF
from cdisc_hai.registry import SHAPES, Operation, operations


@dataclass(frozen=True)
class Context:
    """What does not change during a run; ``tables`` grows as datasets are made."""

    study: Study
    tables: SdtmTables
    cutoff: float

    def day_of(self, name: str, subjects: pd.Series) -> pd.Series:
        """For each subject the day of ``CUTOFF`` or of ``ADSL.DTHDT``, NaN where there is none.

        A partial date is taken at the last day that it may mean.
        """
        if name == CUTOFF:
            return pd.Series(self.cutoff, index=subjects.index)
        dataset, variable = name.split(".")
        table = self.tables[dataset]
        if variable not in table.columns:
            return pd.Series(float("nan"), index=subjects.index)
        rows = places(subjects, table[SUBJECT])
        values = pd.Series(taken(table[variable], rows), index=subjects.index)
        if not pd.api.types.is_numeric_dtype(values):
            values = day_bounds(values)[1]
        return values.astype(float)

    def arguments(self, step: Step, operation: Operation) -> dict[str, Any]:
        """The derivation's keyword arguments."""
        filled: dict[str, Any] = {}
        for name, param in operation.params.items():
            if param.kind == "run:limit":
                filled[name] = self.day_of
            elif name in step.params:
                filled[name] = self._resolve(param.kind, step.params[name])
        return filled

    def _resolve(self, kind: str, value: Any) -> Any:
        if kind == "imputation":
            return Imputer(self.study.imputations[value], self.day_of)
        if kind == "codelist":
            return self.study.codelists[value]
        if kind.startswith("["):
            values = value if isinstance(value, list) else [value]
            return [self._resolve(kind[1:-1], item) for item in values]
        if kind.startswith("{"):
            return {name: self._resolve(kind[1:-1], item) for name, item in value.items()}
        if kind.startswith("shape:"):
            shape = SHAPES[kind.removeprefix("shape:")]
            return {name: self._resolve(shape[name].kind, item) for name, item in value.items()}
        return value


def column_call(context: Context, step: Step, frame: pd.DataFrame) -> Derived:
    """A derivation of one column."""
    derived: Derived = _call(context, step, (frame, context.tables))
    return derived


def records_call(
    context: Context,
    step: Step,
    subjects: pd.DataFrame,
    made: Mapping[str, pd.DataFrame],
) -> Records:
    """A derivation of the records of one parameter."""
    found: pd.DataFrame | Records = _call(context, step, (subjects, context.tables, made))
    return found if isinstance(found, Records) else Records(found)


def _call(context: Context, step: Step, inputs: tuple[Any, ...]) -> Any:
    operation = operations()[step.op]
    filled = context.arguments(step, operation)
    try:
        return operation.function(*inputs, **filled)
    except CdiscHaiError as error:
        raise DerivationError(f"{step.at}: {step.op}: {error}") from error
    except KeyError as error:
        raise DerivationError(
            f"{step.at}: {step.op} reads {error.args[0]!r}, which is not there"
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise DerivationError(f"{step.at}: {step.op} failed: {error}") from error
