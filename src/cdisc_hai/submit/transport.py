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
from cdisc_hai.submit.xpt import XptColumn, XptProblem, byte_lengths, check_xpt, write_xpt

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
    for name, frame in frames.items():
        ready[name] = frame
        for problem in _problems(study, specs[name], frame):
            findings.append(_finding(specs[name], frame, problem))
            if problem.rows and problem.column:
                ready[name] = _fitted(ready[name], problem, study.encoding)
    return Transport(ready, tuple(findings), _lengths(study, specs, ready))


def _problems(study: Study, spec: Dataset, frame: pd.DataFrame) -> tuple[XptProblem, ...]:
    columns = [_column(v.name, v.label, v.is_text, v.format) for v in spec.submitted]
    return check_xpt(
        frame, dataset=spec.name, label=spec.label, columns=columns, encoding=study.encoding
    )


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


def _lengths(
    study: Study, specs: Mapping[str, Dataset], frames: Mapping[str, pd.DataFrame]
) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name, frame in frames.items():
        for variable in specs[name].submitted:
            if variable.is_text:
                lengths = byte_lengths(frame[variable.name], encoding=study.encoding)
                found = int(lengths.max()) if len(lengths) else 1
                longest[variable.name] = max(longest.get(variable.name, 1), found)
    return longest


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
