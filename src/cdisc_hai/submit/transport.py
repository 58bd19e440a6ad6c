"""Datasets of a study to XPT files: lengths over the whole study, nothing cut without a word."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.xpt import XptColumn, XptProblem, write_xpt
from cdisc_hai.submit.xpt_checks import NUMBER_BYTES, Survey, as_objects, survey_xpt

LONGEST = 200  # bytes of a text in a version 5 transport file


@dataclass(frozen=True)
class Transport:
    """Frames that can be written as they are, and what had to be changed for that."""

    frames: Mapping[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    lengths: Mapping[str, int]


def prepare(
    study: Study, specs: Mapping[str, Dataset], frames: Mapping[str, pd.DataFrame]
) -> Transport:
    """Make every value fit a transport file; each one that did not is an error finding.

    A text over 200 bytes is shortened to whole characters, a number that SAS cannot hold becomes
    missing, a character that the encoding cannot hold becomes ``?``. Frames keep their hidden
    columns. ``lengths`` gives the longest value of each name over all datasets.
    """
    ready: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    longest: dict[str, int] = {}
    for name, frame in frames.items():
        ready[name] = frame
        survey = _survey(study, specs[name], frame)
        for problem in survey.problems:
            findings.append(_finding(specs[name], frame, problem))
            if problem.rows and problem.column:
                ready[name] = _fitted(ready[name], problem, study.encoding)
        if survey.problems:
            survey = _survey(study, specs[name], ready[name])
        for variable, width in zip(specs[name].submitted, survey.widths, strict=True):
            if variable.is_text:
                longest[variable.name] = max(longest.get(variable.name, 1), width)
    return Transport(ready, tuple(findings), longest)


def _survey(study: Study, spec: Dataset, frame: pd.DataFrame) -> Survey:
    columns = [_column(v.name, v.label, v.is_text, v.format) for v in spec.submitted]
    return survey_xpt(frame, spec.name, spec.label, columns, study.encoding)


def _column(
    name: str, label: str, is_text: bool, form: str, length: int | None = None
) -> XptColumn:
    if is_text:
        return XptColumn(name=name, label=label, kind="char", length=length, format=form)
    return XptColumn(name=name, label=label, kind="num", format=form)


def _finding(spec: Dataset, frame: pd.DataFrame, problem: XptProblem) -> Finding:
    variable = spec.variable(problem.column) if problem.column else None
    sources: set[str] = set()
    if "@src" in frame.columns:
        for row in problem.rows:
            sources.update(filter(None, frame["@src"].iloc[row].split(";")))
    return Finding(
        rule=problem.rule,
        severity="error",
        message=problem.message,
        dataset=spec.name,
        variable=problem.column or "",
        sources=tuple(sources),
        rows=tuple(row + 1 for row in problem.rows),
        spec=variable.at if variable else spec.at,
        mend=problem.mend,
    )


def _fitted(frame: pd.DataFrame, problem: XptProblem, encoding: str) -> pd.DataFrame:
    assert problem.column is not None
    values = frame[problem.column].copy()
    rows = list(problem.rows)
    if pd.api.types.is_numeric_dtype(values):
        values.iloc[rows] = np.nan
    else:
        values.iloc[rows] = [_shortened(str(v), encoding) for v in values.iloc[rows]]
    return frame.assign(**{problem.column: values})


def _shortened(text: str, encoding: str) -> str:
    """The longest beginning of whole characters that fits."""
    clean = text.replace("\0", "?").encode(encoding, errors="replace").decode(encoding)
    while len(clean.encode(encoding)) > LONGEST:
        clean = clean[: -max(1, (len(clean.encode(encoding)) - LONGEST) // 4)]
    return clean


def write_datasets(
    study: Study,
    specs: Mapping[str, Dataset],
    transport: Transport,
    folder: Path,
    *,
    created: datetime.datetime,
) -> list[Path]:
    """One XPT file a dataset, named by it in lower case; the header's time is ``created``."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in transport.frames.items():
        spec = specs[name]
        path = folder / f"{name.lower()}.xpt"
        write_xpt(
            frame,
            path,
            dataset=name,
            label=spec.label,
            columns=[
                _column(v.name, v.label, v.is_text, v.format, transport.lengths.get(v.name))
                for v in spec.submitted
            ],
            created=created,
            encoding=study.encoding,
        )
        written.append(path)
    return written


def as_read(
    specs: Mapping[str, Dataset], transport: Transport, *, created: datetime.datetime
) -> dict[str, XptDataset]:
    """What reading the files of ``write_datasets`` gives, told without reading them.

    Columns are shared with the frames that were written; only those that a file changes (blanks at
    the end of a text are its filling, a missing text is an empty one) are made anew.
    """
    return {
        name: XptDataset(
            name=name,
            label=spec.label,
            labels={v.name: v.label for v in spec.submitted},
            frame=pd.DataFrame(
                {v.name: _as_read(frame[v.name], is_text=v.is_text) for v in spec.submitted},
                copy=False,
            ),
            lengths={
                v.name: transport.lengths[v.name] if v.is_text else NUMBER_BYTES
                for v in spec.submitted
            },
            formats={v.name: v.format.rstrip(".") for v in spec.submitted if v.format},
            created=created,
            file=f"{name.lower()}.xpt",
        )
        for name, frame in transport.frames.items()
        for spec in (specs[name],)
    }


def _as_read(values: pd.Series, *, is_text: bool) -> pd.Series:
    if not is_text:
        return values if values.dtype == np.float64 else values.astype(float)
    objects = as_objects(values)
    distinct = pd.unique(objects).tolist()
    if any(not isinstance(text, str) or text.endswith(" ") for text in distinct):
        codes, texts = pd.factorize(objects)
        objects = np.array([*(text.rstrip(" ") for text in texts), ""], dtype=object)[codes]
    elif values.dtype == object:
        return values
    return pd.Series(objects, index=values.index, dtype=object, copy=False)
