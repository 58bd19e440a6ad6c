"""An export looked at against the specs before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import MappingError, RawError
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import Block, Dataset, Form, Study, Variable
from cdisc_hai.metadata.columns_read import columns_read
from cdisc_hai.raw import RawExport, read_export
from cdisc_hai.raw.export import form_faults
from cdisc_hai.registry import operations
from cdisc_hai.sdtm.blocks import block_rows
from cdisc_hai.sdtm.steps import Run, findings_of, run_row

Where = Path | str
LOOKED_INTO = frozenset({"iso8601", "assign_ct", "number", "convert", "visit"})
UNUSABLE = "RAW-UNUSABLE"


@dataclass(frozen=True)
class ExportReport:
    """What is to be said of an export; ``usable`` where a build could begin."""

    findings: tuple[Finding, ...]
    rows: Mapping[str, int]
    usable: bool


def check_raw(*, raw: Where, specs: Where | None = None) -> ExportReport:
    """Missing forms and columns, new files and columns, unknown codes and visits, dates and
    numbers that cannot be read, records that stand twice or belong to nobody.

    What would stop a build is RAW-UNUSABLE, every one at once. Raises SpecError for faulty specs.
    """
    study = study_of(specs)
    faults = [_unusable(place, error) for place, error in form_faults(Path(raw), study)]
    if faults:
        return ExportReport(merged(faults), {}, usable=False)
    try:
        export = read_export(Path(raw), study)
    except RawError as error:
        return ExportReport((_unusable(study.raw.at, error),), {}, usable=False)
    findings = [*export.findings, *_values(study, export), *_unread(study, export)]
    rows = {form: len(sources) for form, sources in export.accounting.rows.items()}
    return ExportReport(merged(findings), rows, usable=True)


def _unusable(spec: str, error: RawError) -> Finding:
    message, _, mend = str(error).partition("; ")
    return Finding(UNUSABLE, "error", message, spec=spec, mend=mend or "see the message")


def _values(study: Study, export: RawExport) -> Iterator[Finding]:
    """What the operations on collected columns would tell, dataset by dataset."""
    run = Run(study, export.cutoff)
    for dataset in study.sdtm.values():
        for block in dataset.blocks:
            if block.kind == "form":
                rows = block_rows(block, export.frames, {}, study)
                yield from _of_block(run, dataset, block, rows)


def _of_block(run: Run, dataset: Dataset, block: Block, rows: pd.DataFrame) -> Iterator[Finding]:
    if rows.empty:
        return
    for variable in (*dataset.variables, *dataset.qualifiers):
        step = variable.step(block.name)
        if step is None or step.op not in LOOKED_INTO or "by" in step.params:
            continue
        columns = [str(step.params[n]) for n in ("column", "unit", "time") if n in step.params]
        if all(column in rows.columns for column in columns):
            yield from _told(run, dataset, variable, block, rows)


def _told(
    run: Run, dataset: Dataset, variable: Variable, block: Block, rows: pd.DataFrame
) -> Iterator[Finding]:
    step = variable.step(block.name)
    if step is not None:
        try:
            mapped = run_row(run, dataset, step, rows)
        except MappingError as error:
            yield Finding("MAP-FAILED", "error", str(error), spec=step.at, mend="correct the spec")
            return
        yield from findings_of(mapped, rows, dataset, variable, step)


def _unread(study: Study, export: RawExport) -> Iterator[Finding]:
    """Columns that no spec reads: new ones, or ones that the mapping passes over. Forms that
    share a table are told of together."""
    by_form = columns_read(study, operations())
    sharing: dict[tuple[str, str], list[Form]] = {}
    for form in study.raw.forms.values():
        sharing.setdefault((form.file, form.table), []).append(form)
    for forms in sharing.values():
        known: set[str] = set().union(*([*by_form[f.name], *f.roles.values()] for f in forms))
        columns = dict.fromkeys(c for f in forms for c in export.frames[f.name].columns)
        left = [c for c in columns if not c.startswith("@") and c not in known]
        of = f"form {forms[0].name}" if len(forms) == 1 else forms[0].file
        if left:
            yield Finding(
                rule="RAW-UNREAD-COLUMN",
                severity="note",
                message=f"no spec reads {', '.join(left)} of {of}",
                spec=forms[0].at,
                mend="map them, or leave them where they are",
            )
