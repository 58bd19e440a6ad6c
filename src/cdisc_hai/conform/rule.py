"""What a rule is: a function with a sentence and a manual page, and the public ids it answers to.

A rule is one file of ``conform/rules``. Its function takes a dataset and the folder that it stands
in, and yields the records that break the rule; it must not mind a variable that is not there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import pandas as pd

from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.findings import Severity


@dataclass(frozen=True)
class Broken:
    """Records of one variable that break a rule; without ``bad`` it is the dataset itself.

    The message is ``says`` after the values of ``quotes`` (variables of the dataset, or of
    ``beside``, columns that the rule worked out); without ``quotes`` the variable's own.
    ``dataset`` is given by a rule that looks at the whole folder.
    """

    variable: str
    bad: pd.Series | None
    says: str
    quotes: tuple[str, ...] | None = None
    beside: Mapping[str, pd.Series] = field(default_factory=dict)
    dataset: str = ""


Function = Callable[[Table, Folder], Iterator[Broken]]


@dataclass(frozen=True)
class Rule:
    """A rule with its scope; empty ``kinds`` and ``datasets`` are all of the standard.

    ``needs`` names variables without which there is nothing to judge, those of other datasets as
    ``DM.RFSTDTC``. ``told_by`` are contracts of the specs that tell the same fault: what they have
    told is not told again.
    """

    id: str
    sentence: str
    function: Function
    mend: str
    severity: Severity = "error"
    standard: str = "sdtm"
    kinds: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    once: bool = False

    @property
    def manual(self) -> str:
        """The manual page: the docstring of its function."""
        return inspect.getdoc(self.function) or ""

    def as_json(self) -> dict[str, object]:
        """The rule as ``cdisc-hai rules --json`` lists it."""
        return {
            "id": self.id,
            "sentence": self.sentence,
            "severity": self.severity,
            "standard": self.standard,
            "scope": list(self.kinds + self.datasets),
            "public": list(self.public),
            "manual": self.manual,
        }

    def looks_at(self, table: Table, folder: Folder) -> bool:
        """Whether a dataset is in the rule's scope and has what the rule needs."""
        if self.standard not in ("both", table.standard):
            return False
        if self.kinds and table.kind not in self.kinds:
            return False
        if self.datasets and not any(fnmatchcase(table.name, d) for d in self.datasets):
            return False
        return all(_there(name, table, folder) for name in self.needs)


def _there(name: str, table: Table, folder: Folder) -> bool:
    dataset, point, variable = name.partition(".")
    return folder.has(dataset, variable) if point else table.has(name)


_RULES: dict[str, Rule] = {}


def rule(
    name: str,
    sentence: str,
    *,
    mend: str,
    severity: Severity = "error",
    standard: str = "sdtm",
    kinds: tuple[str, ...] = (),
    datasets: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    public: tuple[str, ...] = (),
    told_by: tuple[str, ...] = (),
    once: bool = False,
) -> Callable[[Function], Function]:
    """Register a function as the rule ``name``; see ``Rule`` for the arguments.

    ``standard`` is ``sdtm``, ``adam`` or ``both``; with ``once`` the function is called a single
    time, with an empty table, and tells the dataset of what it yields.
    """

    def register(function: Function) -> Function:
        known = _RULES.get(name)
        if known and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two rules are called {name!r}")
        _RULES[name] = Rule(
            name, sentence, function, mend, severity, standard, kinds, datasets, needs, public,
            told_by, once,
        )  # fmt: skip
        return function

    return register


def registered() -> Mapping[str, Rule]:
    """Every rule that has been imported, by id."""
    return dict(sorted(_RULES.items()))
