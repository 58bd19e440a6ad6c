"""A dataset as rules see it: columns by their model names, never a traceback for one that is not
there; and the folder that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.conform.contract import texts
from cdisc_hai.conform.moments import possible_days
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.metadata.reads import SUBJECT_LEVEL
from cdisc_hai.sdtm.specs import SUPP, spec_of

GENERIC = "--"
_CLASS_BY_COLUMN = (("--TESTCD", "FINDINGS"), ("--TERM", "EVENTS"), ("--TRT", "INTERVENTIONS"))


@dataclass(frozen=True)
class Header:
    """What a transport file says of itself: labels of the dataset and its variables, lengths and
    formats."""

    label: str
    labels: Mapping[str, str]
    lengths: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)


class Table:
    """One dataset. ``--`` in a variable's name stands for the domain's letters.

    ``spec`` is None where no specs know the dataset, ``header`` where it was not read from a
    file. Records are counted from 0 in every answer.
    """

    def __init__(
        self,
        name: str,
        frame: pd.DataFrame,
        *,
        spec: Dataset | None = None,
        header: Header | None = None,
    ) -> None:
        self.name, self.spec, self.header = name, spec, header
        self.frame = frame.reset_index(drop=True)
        self._texts: dict[str, tuple[Any, Any]] = {}
        self._spelled: dict[str, tuple[Any, Any]] = {}
        self._numbers: dict[str, pd.Series] = {}
        self._days: dict[str, tuple[Any, Any]] = {}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The variables in order; lineage (@) is none."""
        return tuple(dict.fromkeys(str(c) for c in self.frame.columns if str(c)[:1] != "@"))

    @cached_property
    def standard(self) -> str:
        """``sdtm`` or ``adam``; the specs say it, else the dataset's name and columns."""
        if self.spec is not None:
            return self.spec.standard
        analysed = self.name.startswith("AD") or "PARAMCD" in self.columns
        return "adam" if analysed else "sdtm"

    @cached_property
    def prefix(self) -> str:
        """The letters for ``--``: those of DOMAIN, also where a domain is split over datasets."""
        domain = str(self.frame["DOMAIN"].iloc[0]) if self._has_domain else ""
        if len(domain) == 2 and self.name.startswith(domain):
            return domain
        return "" if self.is_supp else self.name[:2]

    @property
    def _has_domain(self) -> bool:
        return "DOMAIN" in self.columns and len(self.frame) > 0

    @property
    def is_supp(self) -> bool:
        """Whether it holds supplemental qualifiers."""
        return self.name.startswith(SUPP) or self.name.startswith("SQ")

    @cached_property
    def kind(self) -> str:
        """SDTM: the general observation class by its topic variable, else ''.

        ADaM: ADSL, TTE, BDS or OCCDS, else ''.
        """
        if self.standard == "adam":
            return _structure(self.name, frozenset(self.columns))
        if self.is_supp or self.prefix in ("TI", "TS", "OI"):
            return ""
        return next((kind for name, kind in _CLASS_BY_COLUMN if self.has(name)), "")

    def variable(self, name: str) -> str:
        """The variable's name in this dataset: ``--SEQ`` is AESEQ in AE."""
        return name.replace(GENERIC, self.prefix)

    def has(self, *names: str) -> bool:
        """Whether it has all these variables."""
        return all(self.variable(name) in self.columns for name in names)

    def numeric(self, name: str) -> bool:
        """Whether the variable is there and holds numbers."""
        return self.has(name) and pd.api.types.is_numeric_dtype(self._column(name).dtype)

    def text(self, name: str) -> pd.Series:
        """The texts of a variable; empty where missing, no text, or no such variable."""
        codes, distinct = self._coded(name)
        return pd.Series(distinct[codes], index=self.frame.index, dtype=object)

    def number(self, name: str) -> pd.Series:
        """The numbers of a variable; NaN where missing, no number, or no such variable."""
        name = self.variable(name)
        if name not in self._numbers:
            missing = pd.Series(np.nan, index=self.frame.index)
            self._numbers[name] = as_numbers(self._column(name)) if self.has(name) else missing
        return self._numbers[name]

    def filled(self, name: str) -> pd.Series:
        """Records that have a value of the variable."""
        if self.numeric(name):
            return self.number(name).notna()
        return self.each(name, bool)

    def empty(self, name: str) -> pd.Series:
        """Records that have none."""
        return ~self.filled(name)

    def is_in(self, name: str, values: Iterable[str]) -> pd.Series:
        """Records whose text is one of these."""
        return self.each(name, frozenset(values).__contains__)

    def says(self, name: str, words: Iterable[str]) -> pd.Series:
        """Records whose text is one of these (capitals), however it is capitalised."""
        wanted = frozenset(words)
        return self.each(name, lambda text: text.upper() in wanted)

    def each(self, name: str, fine: Callable[[str], bool]) -> pd.Series:
        """Records whose text is as ``fine`` says, which is asked once for every distinct text."""
        codes, distinct = self._coded(name)
        answers = np.fromiter(map(fine, distinct), dtype=bool, count=len(distinct))
        return pd.Series(answers[codes], index=self.frame.index)

    def distinct(self, name: str) -> list[str]:
        """The texts of a variable, each once; the empty one is none."""
        return [text for text in self._coded(name)[1] if text]

    def spelled(self, name: str) -> tuple[Any, Any]:
        """Codes and distinct texts of a variable, its numbers as they are written."""
        if not self.numeric(name):
            return self._coded(name)
        name = self.variable(name)
        if name not in self._spelled:
            codes, distinct = pd.factorize(self.number(name), use_na_sentinel=False)
            written = np.array([_written(n) for n in distinct], dtype=object)
            self._spelled[name] = (_small(codes, len(distinct)), written)
        return self._spelled[name]

    def days(self, name: str) -> tuple[pd.Series, pd.Series]:
        """First and last day that each date may mean; NaN where there is none, or no real one."""
        name = self.variable(name)
        codes, distinct = self._coded(name)
        if name not in self._days:
            self._days[name] = possible_days(distinct)
        first, last = self._days[name]
        index = self.frame.index
        return pd.Series(first[codes], index=index), pd.Series(last[codes], index=index)

    def day(self, name: str) -> pd.Series:
        """The day of each complete date; NaN for partial dates and where there is none."""
        first, last = self.days(name)
        return first.where(first.eq(last))

    def group(self, *names: str) -> pd.Series:
        """A number for each record; those that agree in all these variables have the same."""
        found = np.zeros(len(self.frame), dtype=np.int64)
        for name in names:
            codes, distinct = self.spelled(name)
            found = pd.factorize(found * (len(distinct) + 1) + codes)[0]
        return pd.Series(found, index=self.frame.index)

    def none(self) -> pd.Series:
        """No record."""
        return pd.Series(False, index=self.frame.index)

    def _column(self, name: str) -> pd.Series:
        found = self.frame[self.variable(name)]
        return found if isinstance(found, pd.Series) else found.iloc[:, 0]

    def _coded(self, name: str) -> tuple[Any, Any]:
        name = self.variable(name)
        if name not in self._texts:
            if self.has(name):
                found = np.asarray(texts(self._column(name)), dtype=object)
                codes, distinct = pd.factorize(found)
                self._texts[name] = (_small(codes, len(distinct)), distinct)
            else:
                codes = np.zeros(len(self.frame), dtype=np.int8)
                self._texts[name] = (codes, np.array([""], dtype=object))
        return self._texts[name]


def _small(codes: Any, distinct: int) -> Any:
    """Codes in as few bytes as their number needs: they are kept while all rules are run."""
    return codes.astype(np.min_scalar_type(-max(distinct, 1)))


def _written(number: float) -> str:
    return "" if np.isnan(number) else f"{number:.15g}"


def _structure(name: str, columns: frozenset[str]) -> str:
    if name == SUBJECT_LEVEL:
        return "ADSL"
    if "PARAMCD" in columns:
        return "TTE" if "CNSR" in columns else "BDS"
    occurred = any(c.endswith(("TERM", "DECOD", "TRT")) for c in columns)
    return "OCCDS" if occurred else ""


@dataclass(frozen=True)
class Folder:
    """The datasets that were given together, by name, and the specs that go with them, if any."""

    tables: Mapping[str, Table]
    study: Study | None = None

    @classmethod
    def of(
        cls,
        frames: Mapping[str, pd.DataFrame],
        study: Study | None = None,
        headers: Mapping[str, Header] | None = None,
    ) -> Folder:
        """From frames by dataset; raw lines come from their ``@src`` or ``@from``."""
        known = headers or {}
        return cls(
            {
                name: Table(
                    name,
                    frame,
                    spec=spec_of(study, name) if study else None,
                    header=known.get(name),
                )
                for name, frame in frames.items()
            },
            study,
        )

    def get(self, name: str) -> Table:
        """A dataset by name; one that is not there has no record and no variable."""
        return self.tables.get(name) or Table(name, pd.DataFrame())

    def has(self, name: str, *variables: str) -> bool:
        """Whether a dataset is there with these variables."""
        return name in self.tables and self.tables[name].has(*variables)
