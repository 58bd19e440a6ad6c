"""From sifted forms to SDTM datasets, in the order that the specs ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Block, Dataset, Study, Variable
from cdisc_hai.metadata.choices import as_written
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.frames import (
    apart,
    columns_of,
    one_below_the_other,
    rows_where,
    sorted_places,
    taken,
)
from cdisc_hai.order import forms_read, row_order, sdtm_order
from cdisc_hai.raw import RawExport
from cdisc_hai.registry import operations
from cdisc_hai.sdtm.beside import several_beside
from cdisc_hai.sdtm.blocks import block_rows
from cdisc_hai.sdtm.checks import check_dataset
from cdisc_hai.sdtm.cutoff import to_cutoff
from cdisc_hai.sdtm.qualifiers import TEMPLATE, qualifier_rows, read_of_parent
from cdisc_hai.sdtm.steps import Run, findings_of, run_row, run_whole

ROLES = ("@src", "@number", "@row")


@dataclass
class SdtmResult:
    """Datasets by name, their specs, and findings.

    ``@src`` names each record's raw lines, ``@via`` those that it looked up, ``@via.NAME`` those
    that one variable looked up.
    """

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    specs: dict[str, Dataset] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    helpers: dict[str, pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def mapped(self) -> set[str]:
        """Every raw line that a record came from; asked for when the datasets are complete."""
        sources: set[str] = set()
        for frame in (*self.frames.values(), *self.helpers.values()):
            for column in ("@src", "@via") if "@via" in frame.columns else ("@src",):
                sources.update(frame[column].array)
        several = [source for source in sources if ";" in source]
        sources.difference_update(several, {""})
        sources.update(line for source in several for line in source.split(";"))
        return sources


def run_sdtm(study: Study, export: RawExport) -> SdtmResult:
    """Every SDTM dataset of the specs; raises MappingError where an operation cannot run.

    A form is done with (``RawExport.done_with``) when no dataset to come reads it.
    """
    run, result = Run(study, export.cutoff), SdtmResult()
    tables: dict[str, pd.DataFrame] = {}
    waiting = forms_read(study)
    for node in sdtm_order(study):
        name, _, variable = node.partition(".")
        dataset = study.sdtm[name]
        if name == TEMPLATE:
            continue
        if not variable:
            tables[name] = _records(run, dataset, export, tables, result)
            done = waiting.pop(name)
            for form in done.difference(*waiting.values()):
                export.done_with(form)
        else:
            entry = next(v for v in (*dataset.variables, *dataset.qualifiers) if v.name == variable)
            tables[name] = _whole(run, dataset, entry, tables, result)
    own = [dataset for name, dataset in study.sdtm.items() if name != TEMPLATE]
    for dataset in own:
        if len(tables[dataset.name]):
            result.findings.extend(check_dataset(dataset, tables[dataset.name], tables))
    for dataset in own:
        frame = tables.pop(dataset.name)  # the last time that it is asked for: it may be let go
        if len(frame):
            _finish(study, dataset, frame, result)
    return result


def _records(
    run: Run,
    dataset: Dataset,
    export: RawExport,
    tables: Mapping[str, pd.DataFrame],
    result: SdtmResult,
) -> pd.DataFrame:
    order = row_order(run.study, dataset)
    parts = []
    for block in dataset.blocks:
        rows = block_rows(block, export.frames, tables, run.study)
        result.findings.extend(several_beside(block, export.frames))
        rows = to_cutoff(block, rows, run.study.raw, export, result.findings)
        if len(rows):
            parts.append(_block(run, dataset, block, rows, order, export, result))
    if parts:
        return one_below_the_other(parts)
    names = [v.name for v in (*dataset.variables, *dataset.qualifiers) if _in_rows(v)]
    return pd.DataFrame({n: pd.Series(dtype=object) for n in (*names, *ROLES, "@block")})


def _in_rows(variable: Variable) -> bool:
    return any(operations()[step.op].stage == "row" for step in variable.steps)


def _block(
    run: Run,
    dataset: Dataset,
    block: Block,
    rows: pd.DataFrame,
    order: tuple[str, ...],
    export: RawExport,
    result: SdtmResult,
) -> pd.DataFrame:
    """The records of one block, mapped variable by variable."""
    entries = {v.name: v for v in (*dataset.variables, *dataset.qualifiers) if _in_rows(v)}
    made: dict[str, pd.Series] = {}
    for name in (name for name in order if name in entries):
        variable = entries[name]
        step = variable.step(block.name)
        if step is None or operations()[step.op].stage != "row":
            made[name] = _empty(variable, rows.index)
        else:
            mapped = run_row(run, dataset, step, rows)
            made[name] = as_written(mapped.values, text=variable.is_text)
            result.findings.extend(findings_of(mapped, rows, dataset, variable, step))
        rows = rows.assign(**{f"={name}": made[name]})
    roles = {role: rows[role] for role in ROLES if role in rows.columns}
    for role in ROLES[1:]:
        roles.setdefault(role, pd.Series(float("nan"), index=rows.index))
    named = pd.Series(block.name, index=rows.index, dtype=object)
    frame = apart({**made, **roles, "@block": named}, rows.index)
    return _complete(dataset, block, entries, frame, export, result)


def _empty(variable: Variable, index: pd.Index) -> pd.Series:
    if variable.is_text:
        return pd.Series("", index=index, dtype=object)
    return pd.Series(float("nan"), index=index)


def _complete(
    dataset: Dataset,
    block: Block,
    entries: Mapping[str, Variable],
    frame: pd.DataFrame,
    export: RawExport,
    result: SdtmResult,
) -> pd.DataFrame:
    """Records without a value that every record needs are kept out, with a finding.

    A record whose qualifier is missing (the sex, the coded term) still says who and what: it
    stays, and the check of the dataset's contract tells it.
    """
    kept = pd.Series(True, index=frame.index)
    for variable in entries.values():
        if variable.core != "Req" or not variable.keep or variable.role.endswith("Qualifier"):
            continue
        missing = kept & ~present(frame[variable.name])
        kept &= ~missing
        for source in frame.loc[missing, "@src"]:
            result.findings.append(
                Finding(
                    rule="MAP-REQUIRED-EMPTY",
                    severity="error",
                    message=f"no {variable.name}, which every record needs; record kept out",
                    dataset=dataset.name,
                    variable=variable.name,
                    sources=tuple(filter(None, source.split(";"))),
                    spec=variable.at,
                    mend="complete the record in the EDC system",
                )
            )
            if block.kind == "form":
                export.accounting.keep_out(block.source, [source.partition(";")[0]])
    return rows_where(frame, kept)


def _whole(
    run: Run,
    dataset: Dataset,
    variable: Variable,
    tables: Mapping[str, pd.DataFrame],
    result: SdtmResult,
) -> pd.DataFrame:
    """A variable of a whole dataset, block by block where its spec says so."""
    frame = tables[dataset.name]
    values = _empty(variable, frame.index)
    if variable.name in frame.columns:
        values = frame[variable.name]
    for step in variable.steps:
        if operations()[step.op].stage != "whole":
            continue
        mine = frame["@block"].isin(step.blocks) if step.blocks else frame["@block"].notna()
        mapped = run_whole(run, dataset, step, frame, tables)
        new = as_written(mapped.values, text=variable.is_text)
        values = new if mine.all() else values.where(~mine, new)
        result.findings.extend(findings_of(mapped, frame, dataset, variable, step))
        if mapped.sources is not None:
            lines = mapped.sources.where(mine, "")
            own = f"@via.{variable.name}"
            frame = frame.assign(
                **{"@via": _joined(frame, lines, "@via"), own: _joined(frame, lines, own)}
            )
    return frame.assign(**{variable.name: values})


def _joined(frame: pd.DataFrame, sources: pd.Series, column: str) -> pd.Series:
    """The lines of other records that a record's values came from, one more added."""
    before = frame[column] if column in frame.columns else pd.Series("", index=frame.index)
    both = before.ne("") & sources.ne("")
    return (before + both.map({True: ";", False: ""}) + sources).astype(object)


def _finish(study: Study, dataset: Dataset, frame: pd.DataFrame, result: SdtmResult) -> None:
    """Sort by the keys, drop what is Permissible and empty, split off the qualifiers."""
    if not dataset.submit:
        result.helpers[dataset.name] = frame
        return
    order = [k for k in dataset.keys if k in frame.columns]
    places = sorted_places(frame, [*order, "@number", "@block", "@row"])
    kept = tuple(v for v in dataset.submitted if v.core != "Perm" or present(frame[v.name]).any())
    if "@via" not in frame.columns:
        frame = frame.assign(**{"@via": pd.Series("", index=frame.index, dtype=object)})
    own = [name for v in kept if (name := f"@via.{v.name}") in frame.columns]
    columns = [*(v.name for v in kept), "@src", "@via", "@block", *own]
    beside = [n for n in read_of_parent(dataset) if n in frame.columns and n not in columns]
    frame = taken(columns_of(frame, [*columns, *beside]), places, pd.RangeIndex(len(frame)))
    result.frames[dataset.name] = columns_of(frame, columns)
    result.specs[dataset.name] = replace(dataset, variables=kept)
    template = study.sdtm.get(TEMPLATE)
    if dataset.qualifiers and template is not None:
        rows, spec = qualifier_rows(dataset, template, frame)
        if len(rows):
            result.frames[spec.name], result.specs[spec.name] = rows, spec
