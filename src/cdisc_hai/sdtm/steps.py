"""Calls an operation with what its spec line names, and turns its problems into findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cdisc_hai.errors import MappingError
from cdisc_hai.findings import Finding
from cdisc_hai.mapping import Mapped
from cdisc_hai.metadata import Dataset, Step, Study, Variable
from cdisc_hai.registry import SHAPES, Operation, operations


@dataclass(frozen=True)
class Run:
    """What does not change during a run."""

    study: Study
    cutoff: str


def arguments(run: Run, dataset: Dataset, step: Step, operation: Operation) -> dict[str, Any]:
    """The operation's keyword arguments: names resolved to tables of the study."""
    filled: dict[str, Any] = {}
    for name, param in operation.params.items():
        if name in step.params:
            filled[name] = _resolve(param.kind, step.params[name], run.study, operation.stage)
        elif param.study:
            filled[name] = _attribute(run.study, param.study)
        elif param.kind.startswith("study:"):
            filled[name] = _attribute(run.study, param.kind.removeprefix("study:"))
        elif param.kind == "run:cutoff":
            filled[name] = run.cutoff
        elif param.kind == "keys":
            filled[name] = dataset.keys
    return filled


def _attribute(study: Study, path: str) -> Any:
    value: Any = study
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _resolve(kind: str, value: Any, study: Study, stage: str) -> Any:
    if kind == "recode":
        return study.recodes[value]
    if kind == "codelist":
        return study.codelists[value]
    if kind == "variable" and stage == "row":
        return f"={value}"
    if kind.startswith("["):
        values = value if isinstance(value, list) else [value]
        return [_resolve(kind[1:-1], item, study, stage) for item in values]
    if kind.startswith("shape:"):
        shape = SHAPES[kind.removeprefix("shape:")]
        return {k: _resolve(shape[k].kind, v, study, stage) for k, v in value.items()}
    return value


def run_row(run: Run, dataset: Dataset, step: Step, rows: pd.DataFrame) -> Mapped:
    """A row operation; a column that the source does not have is an error of the mapping."""
    operation = operations()[step.op]
    return _called(operation, step, rows, (), arguments(run, dataset, step, operation))


def run_whole(
    run: Run, dataset: Dataset, step: Step, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> Mapped:
    """An operation on a whole dataset."""
    operation = operations()[step.op]
    return _called(operation, step, frame, (tables,), arguments(run, dataset, step, operation))


def _called(
    operation: Operation,
    step: Step,
    frame: pd.DataFrame,
    tables: tuple[Mapping[str, pd.DataFrame], ...],
    filled: Mapping[str, Any],
) -> Mapped:
    try:
        mapped: Mapped = operation.function(frame, *tables, **filled)
    except KeyError as error:
        raise MappingError(
            f"{step.at}: {step.op} reads {error.args[0]!r}, which is not there; "
            "correct the name, or export the column"
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise MappingError(f"{step.at}: {step.op} failed: {error}") from error
    return mapped


def findings_of(
    mapped: Mapped, frame: pd.DataFrame, dataset: Dataset, variable: Variable, step: Step
) -> list[Finding]:
    """A finding for each row of each problem."""
    found = []
    for problem in mapped.problems:
        if not len(problem.rows) or not problem.rows.any():
            continue
        for position in problem.rows.to_numpy().nonzero()[0].tolist():
            found.append(
                Finding(
                    rule=problem.rule,
                    severity=problem.severity,
                    message=problem.message(position),
                    dataset=dataset.name,
                    variable=variable.name,
                    sources=tuple(filter(None, str(frame["@src"].iloc[position]).split(";"))),
                    spec=step.at,
                    mend=problem.mend,
                )
            )
    return found
