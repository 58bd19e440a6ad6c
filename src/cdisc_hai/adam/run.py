"""From SDTM tables to ADaM datasets, in the order that the specs ask for."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd

from cdisc_hai.adam.arguments import Context, column_call, records_call
from cdisc_hai.adam.checks import check_records
from cdisc_hai.adam.complete import completed
from cdisc_hai.adam.tables import SUBJECT, SdtmTables
from cdisc_hai.derive import Derived, Records, lowest_records
from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.refs import Refs
from cdisc_hai.derive.runs import sorted_by
from cdisc_hai.derive.sources import DAY
from cdisc_hai.derive.subjects import among
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset, Parameter, Study, Variable
from cdisc_hai.metadata.choices import as_written, texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.reads import SUBJECT_LEVEL
from cdisc_hai.order import adam_order


@dataclass
class AdamResult:
    """Datasets by name, their specs, and findings whose sources are records (``RS:17``).

    Frames hold the written variables, ``@from`` (records that a row came from, joined by ;) and
    ``@from.NAME`` (the record that one value came from). ``tables`` are all tables of the run.
    """

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    specs: dict[str, Dataset] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    helpers: dict[str, pd.DataFrame] = field(default_factory=dict)
    tables: SdtmTables = field(default_factory=lambda: SdtmTables({}))


def run_adam(study: Study, tables: SdtmTables, cutoff: float) -> AdamResult:
    """Every ADaM dataset of the specs; ``cutoff`` is a SAS date.

    Raises DerivationError where a derivation cannot run.
    """
    built, lacking = completed(study, tables)
    result = AdamResult(tables=built, findings=lacking)
    context = Context(study, built, cutoff)
    for node in adam_order(study):
        name, _, variable = node.partition(".")
        dataset = study.adam.get(name)
        if dataset is None:
            continue
        if not variable:
            built[name] = _rows(context, dataset, result)
        else:
            entry = dataset.variable(variable)
            assert entry is not None, node
            built[name] = _column(context, dataset, entry, result)
    for dataset in study.adam.values():
        _finish(dataset, built[dataset.name], result)
        result.findings.extend(check_records(dataset, built[dataset.name], built))
    result.findings.extend(_absent(study, built))
    return result


def _rows(context: Context, dataset: Dataset, result: AdamResult) -> pd.DataFrame:
    """The records of a dataset; they are sorted once the variables of its keys are made."""
    if dataset.origin:
        frame = _from_origin(context, dataset)
    else:
        context.tables.memo.clear()
        parts = []
        made: dict[str, pd.DataFrame] = {}
        for parameter in dataset.makers:
            records = _parameter(context, parameter, made)
            made[parameter.paramcd] = records.frame
            result.findings.extend(_told(records, dataset, "", parameter.step.at))
            parts.append(_prefixed(parameter, made[parameter.paramcd]))
        frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({SUBJECT: []})
    wide: dict[str, Any] = {"@wide": True} if dataset.name == SUBJECT_LEVEL else {}
    own = context.tables.coded(frame[SUBJECT])
    return _numbered(dataset, frame.reset_index(drop=True).assign(**{SUBJECT: own, **wide}))


def _numbered(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{"@ref": Refs.count(dataset.name, len(frame))})


def _in_order(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Sorted by the keys and numbered anew; records with equal keys stay in their sources' order.

    Whatever reads the dataset waits for its keys, so that references name the final records.
    """
    ordered = sorted_by(frame, dataset.keys)
    return frame if ordered is frame else _numbered(dataset, ordered.reset_index(drop=True))


def _from_origin(context: Context, dataset: Dataset) -> pd.DataFrame:
    table = context.tables[dataset.origin]
    table = table[matches(table, dataset.where)]
    if dataset.population:
        subjects = context.tables[SUBJECT_LEVEL]
        subjects = subjects[matches(subjects, dataset.population)]
        table = table[among(table[SUBJECT], subjects[SUBJECT])]
    if dataset.lowest:
        table = lowest_records(table, dataset.lowest["record"], dataset.lowest["by"])
    own = {
        f"^{dataset.origin}.{name}": table[name]
        for name in table.columns
        if name.startswith(DAY) or not name.startswith(("@", "^", "~"))
    }
    return framed({SUBJECT: table[SUBJECT], **own, "@from": table["@ref"]}, table.index)


def _parameter(context: Context, parameter: Parameter, made: Mapping[str, pd.DataFrame]) -> Records:
    return records_call(context, parameter.step, _population(context, parameter.population), made)


def _population(context: Context, where: Mapping[str, Any]) -> pd.DataFrame:
    """The subjects of a parameter; parameters of one dataset with the same share them."""
    known = context.tables.memo.setdefault("population", [])
    for before, subjects in known:
        if before == where:
            return cast("pd.DataFrame", subjects)
    everyone = context.tables[SUBJECT_LEVEL]
    known.append((where, everyone[matches(everyone, where)].reset_index(drop=True)))
    return cast("pd.DataFrame", known[-1][1])


def _prefixed(parameter: Parameter, made: pd.DataFrame) -> pd.DataFrame:
    told: dict[str, Any] = {
        **({"~PARAMCD": parameter.paramcd, "~PARAM": parameter.param} if parameter.param else {}),
        **{f"~{name}": value for name, value in parameter.attributes.items()},
    }
    kept = made.rename(columns={c: f"~{c}" for c in made.columns if c not in (SUBJECT, "@from")})
    kept = kept.assign(**{f"~{SUBJECT}": kept[SUBJECT]})
    told = {name: value for name, value in told.items() if name not in kept.columns}
    return framed({**{name: kept[name] for name in kept.columns}, **told}, kept.index)


def _column(
    context: Context, dataset: Dataset, variable: Variable, result: AdamResult
) -> pd.DataFrame:
    frame = context.tables[dataset.name]
    step = variable.steps[0]
    derived = column_call(context, step, frame)
    values = as_written(pd.Series(derived.values, index=frame.index), text=variable.is_text)
    added: dict[str, Any] = {
        variable.name: context.tables.coded(values) if variable.name == SUBJECT else values
    }
    if derived.refs is not None:
        added[f"@from.{variable.name}"] = derived.refs
    if derived.flags is not None:
        added[f"@flag.{variable.name}"] = derived.flags
    result.findings.extend(_told(derived, dataset, variable.name, step.at))
    with warnings.catch_warnings():  # a column by itself is what is wanted: nothing is moved
        warnings.simplefilter("ignore", pd.errors.PerformanceWarning)
        frame = frame.assign(**added)
    last_key = variable.name in dataset.keys and set(dataset.keys) <= set(frame.columns)
    return _in_order(dataset, frame) if last_key else frame


def _told(derived: Derived | Records, dataset: Dataset, variable: str, at: str) -> list[Finding]:
    return [
        Finding(
            rule=doubt.rule,
            severity=doubt.severity,
            message=message,
            dataset=dataset.name,
            variable=variable,
            sources=(ref,),
            spec=at,
            mend=doubt.mend,
        )
        for doubt in derived.doubts
        for message, ref in zip(doubt.messages, doubt.refs, strict=True)
    ]


def _finish(dataset: Dataset, frame: pd.DataFrame, result: AdamResult) -> None:
    if not dataset.submit:
        result.helpers[dataset.name] = frame
        return
    lineage = [c for c in frame.columns if c == "@from" or c.startswith("@from.")]
    # copied in one piece: a hundred columns that were added one by one are slow, and pandas says so
    kept = frame[[v.name for v in dataset.submitted] + lineage].copy()
    result.frames[dataset.name] = kept.assign(**{SUBJECT: texts(kept[SUBJECT])})
    result.specs[dataset.name] = dataset


def _absent(study: Study, tables: SdtmTables) -> list[Finding]:
    return [
        Finding(
            rule="ADAM-NO-DATASET",
            severity="warning",
            message=f"the SDTM has no {name}; derivations took it as empty",
            dataset=name,
            spec=study.at,
            mend="add the dataset, or take it out of the ADaM specs",
        )
        for name in sorted(tables.absent)
    ]
