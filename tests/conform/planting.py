"""Wrong values planted into clean datasets, one a variable, many at once and far apart.

What is wrong follows from the variable's kind alone: a code that is in no list, a date one month
later, a number that is one too high, a text left out. Plantings of one round are far
enough apart that none can be told in another's place: those of a domain and its qualifiers are in
different subjects, and a subject with one in a domain that others look into has no other.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.conform import Folder, check_frame, judge, related_findings
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Study, Variable
from cdisc_hai.sdtm.specs import spec_of

MONTH = datetime.timedelta(days=31)
_SUBJECT = "USUBJID"

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Planted:
    """One wrong value: where it stands, what it is and what it was."""

    dataset: str
    variable: str
    row: int
    wrong: Any
    right: Any

    def found_in(self, findings: set[Finding]) -> bool:
        """Whether a finding names dataset, record and variable."""
        word = re.compile(rf"\b{self.variable}\b")
        return any(
            f.dataset == self.dataset
            and self.row + 1 in f.rows
            and (f.variable == self.variable or word.search(f.message))
            for f in findings
        )

    def __str__(self) -> str:
        return (
            f"{self.dataset}.{self.variable} row {self.row + 1}: {self.right!r} -> {self.wrong!r}"
        )


_LOOKED_INTO = ("DM", "DS", "DD", "EX", "EC", "SE", "SV", "TU", "TR", "RS", "SS", "ADSL")


def wrong_value(variable: Variable, right: Any, number: int) -> Any:
    """What no record may have in the place of a right value, by the kind of the variable."""
    if variable.type == "sas_date":
        return (0.0 if pd.isna(right) else float(right)) + MONTH.days
    if not variable.is_text:
        return 1.0 if pd.isna(right) else float(right) + 1
    if variable.codelist or right == "" or variable.type == "duration":
        return f"Z{number}Z"
    if variable.type in ("date", "datetime", "partialDate"):
        return later(right)
    return ""


def later(date: str) -> str:
    """A date one month later; a date of which the day is not known, a year."""
    if len(date) >= 10 and "---" not in date:
        day = datetime.date.fromisoformat(date[:10]) + MONTH
        return day.isoformat() + date[10:]
    return f"{int(date[:4]) + 1:04d}{date[4:]}"


def everything_told(study: Study, frames: Frames, beside: Frames | None = None) -> set[Finding]:
    """The findings of contracts and rules on all datasets, as a build has them; analysis datasets
    are held against those ``beside``."""
    told = [*related_findings(study, frames)]
    for name, frame in frames.items():
        dataset = spec_of(study, name)
        assert dataset is not None, name
        told += check_frame(study, dataset, frame)
    if beside is None:
        return {*told, *judge(Folder.of(frames, study), before=told)}
    folder = Folder.of({**beside, **frames}, study)
    return {*told, *judge(folder, standards={"adam"}, before=told)}


def rounds(study: Study, frames: Frames) -> Iterator[list[Planted]]:
    """Every variable of every dataset once, in as few rounds as the subjects allow."""
    waiting = [
        (name, variable)
        for name, frame in frames.items()
        for variable in _variables(study, name)
        if variable.name in frame.columns
    ]
    waiting.sort(key=lambda one: len(frames[one[0]]))  # the least room first
    of_trial = [w for w in waiting if _SUBJECT not in frames[w[0]].columns]
    waiting = [w for w in waiting if _SUBJECT in frames[w[0]].columns]
    subjects, trial = _in_rounds(frames, waiting), _in_rounds(frames, of_trial)
    # the trial's design and the few values that needed a round of their own do not meet
    for one, other in zip_longest(reversed(subjects), trial, fillvalue=[]):
        yield [*one, *other]


def _in_rounds(frames: Frames, waiting: list[tuple[str, Variable]]) -> list[list[Planted]]:
    found = []
    while waiting:
        planted, waiting = _one_round(frames, waiting)
        found.append(planted)
    return found


def _variables(study: Study, name: str) -> tuple[Variable, ...]:
    dataset = spec_of(study, name)
    assert dataset is not None, name
    return dataset.submitted


def _one_round(
    frames: Frames, waiting: list[tuple[str, Variable]]
) -> tuple[list[Planted], list[tuple[str, Variable]]]:
    used: dict[str, set[str]] = {}
    planted, left = [], []
    for number, (name, variable) in enumerate(waiting):
        row = _row(frames[name], name, variable, used, number)
        if row is None:
            left.append((name, variable))
            continue
        right = frames[name][variable.name].iloc[row]
        wrong = wrong_value(variable, right, number)
        planted.append(Planted(name, variable.name, row, wrong, right))
    assert planted, "no room for a wrong value"
    return planted, left


def _row(
    frame: pd.DataFrame, name: str, variable: Variable, used: dict[str, set[str]], number: int
) -> int | None:
    """A record with a value whose subject (in the trial's design: which) has room for a wrong one."""
    values = frame[variable.name]
    filled = (values.notna() & values.ne("")).to_numpy()
    rows = np.flatnonzero(filled) if filled.any() else np.arange(len(frame))
    subjects = frame[_SUBJECT].to_numpy() if _SUBJECT in frame.columns else None
    domain = name.removeprefix("SUPP")
    for row in np.roll(rows, -(number * 37)):
        unit = f"{name} {row}" if subjects is None else str(subjects[row])
        others = used.setdefault(unit, set())
        alone = domain in _LOOKED_INTO
        if domain not in others and not (others if alone else others & {*_LOOKED_INTO}):
            others.add(domain)
            return int(row)
    return None


def spoiled(frames: Frames, planted: list[Planted]) -> dict[str, pd.DataFrame]:
    """The datasets with these wrong values in them."""
    found = dict(frames)
    for one in planted:
        frame = found[one.dataset]
        if frame is frames[one.dataset]:
            frame = frame.copy()
        values = frame[one.variable].astype(object) if isinstance(one.wrong, str) else None
        column = frame[one.variable] if values is None else values
        column = column.copy()
        column.iloc[one.row] = one.wrong
        frame[one.variable] = column
        found[one.dataset] = frame
    return found
