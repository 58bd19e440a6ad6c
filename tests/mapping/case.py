"""A case of an operation: a drawn table in, and in its last column the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

import cdisc_hai.mapping  # noqa: F401 - importing it registers the operations
from cdisc_hai.mapping import Mapped
from cdisc_hai.registry import operations
from tests.drawn import frame, told

ANSWER = "=>"


class Told(NamedTuple):
    """A problem as a person reads it: which rows (from 0), and the text of each."""

    rule: str
    severity: str
    rows: tuple[int, ...]
    messages: tuple[str, ...]
    mend: str


@dataclass(frozen=True)
class Case:
    """One sentence that must be true of an operation, and the table that shows it.

    The column ``=>`` (``=>#``: numbers) is the answer, ``<=`` the raw lines that it came from;
    ``bug`` says why the answer is not given today.
    """

    op: str
    sentence: str
    drawing: str
    args: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Told, ...] = ()
    bug: str = ""

    def rows(self) -> pd.DataFrame:
        """The rows that go in; their index is not 0, 1, 2, as in a run."""
        drawn = frame(self.drawing)
        rows = drawn.drop(columns=[ANSWER, "<="], errors="ignore")
        return rows.set_axis(range(10, 10 + len(rows)))

    def call(self, rows: pd.DataFrame) -> Any:
        """What the operation gives for rows."""
        operation = operations()[self.op]
        tables = {name: frame(drawing) for name, drawing in self.tables.items()}
        others = () if operation.stage == "row" else (tables,)
        return operation.function(rows, *others, **self.args)

    def answer(self, rows: pd.DataFrame) -> pd.Series:
        """The answer as a column; a check's is Y where a record fails."""
        given = self.call(rows)
        if isinstance(given, Mapped):
            return given.values
        return given.astype(bool).map({True: "Y", False: ""}).astype(object)

    def expected(self) -> list[Any]:
        """The drawn answer."""
        return told(frame(self.drawing)[ANSWER])


def told_problems(mapped: Any) -> tuple[Told, ...]:
    """The problems that concern a row, as a person reads them."""
    problems = []
    for problem in getattr(mapped, "problems", ()):
        places = tuple(place for place, bad in enumerate(problem.rows) if bad)
        if places:
            messages = tuple(problem.message(place) for place in places)
            problems.append(Told(problem.rule, problem.severity, places, messages, problem.mend))
    return tuple(problems)
