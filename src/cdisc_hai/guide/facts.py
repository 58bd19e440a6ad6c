"""Facts of a guide as values, and the files that hold them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class GuideVariable:
    """A variable as a guide has it.

    ``type`` is Char or Num; ``core`` Req, Exp, Perm or Cond (empty: the model's, which says
    none); ``codelists`` are C-codes; ``order`` counts from 1 within the dataset or class.
    """

    name: str
    label: str
    type: str
    role: str
    core: str
    codelists: tuple[str, ...]
    klass: str
    order: int


@dataclass(frozen=True)
class GuideDataset:
    """A dataset as a guide has it, its variables in order."""

    name: str
    label: str
    klass: str
    variables: Mapping[str, GuideVariable]

    def having(self, core: str) -> tuple[GuideVariable, ...]:
        """The variables of one core."""
        return tuple(v for v in self.variables.values() if v.core == core)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of the files."""
    text = files("cdisc_hai.guide").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def variable_of(row: Mapping[str, str], order: int) -> GuideVariable:
    """One row of a file of variables."""
    return GuideVariable(
        name=row["name"],
        label=row["label"],
        type=row["type"],
        role=row["role"],
        core=row["core"],
        codelists=tuple(row["codelists"].split()),
        klass=row["class"],
        order=order,
    )


def same_class(one: str, other: str) -> bool:
    """Whether two names mean one class: ``SPECIAL PURPOSE`` is ``Special-Purpose``."""
    return one.upper().replace("-", " ").split() == other.upper().replace("-", " ").split()
