"""Analysis datasets held against what the specs derive from the same SDTM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from cdisc_hai.adam import run_adam, sdtm_tables
from cdisc_hai.build.read_sdtm import read_folder
from cdisc_hai.build.study import cutoff_day
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.choices import texts
from cdisc_hai.submit.transport import prepare

EXACT = 1e-12
"""Numbers that differ by less, as a share, are the same: a transport file keeps 16 digits."""


def derived_again(
    study: Study, folder: Path, sdtm: Path, cutoff: str | None = None
) -> Iterator[Finding]:
    """Every value of the folder's analysis datasets that is not the one derived anew.

    Records are compared in their order; where a dataset has more or fewer than are derived, by the
    keys of its spec. Raises SpecError without a cut-off, DerivationError where the specs cannot
    derive from this SDTM.
    """
    frames = read_folder(sdtm, study.encoding)
    there = read_folder(folder, study.encoding)
    made = run_adam(study, sdtm_tables(frames), cutoff_day(study, frames, cutoff, ""))
    wanted = prepare(study, made.specs, made.frames).frames
    for name in sorted(there.keys() & wanted.keys()):
        yield from _Compared(study.adam[name], there[name], wanted[name]).findings()


class _Compared:
    """One dataset as it is, and as it is derived."""

    def __init__(self, dataset: Dataset, told: pd.DataFrame, wanted: pd.DataFrame) -> None:
        self.dataset = dataset
        self.told, self.wanted = told.reset_index(drop=True), wanted.reset_index(drop=True)

    def findings(self) -> Iterator[Finding]:
        """Records without a counterpart, then values that differ, by variable."""
        here = other = np.arange(len(self.told))
        if len(self.told) != len(self.wanted):
            here, other = self._by_keys()
            yield from self._unmatched(here, other)
        for variable in self.dataset.submitted:
            if variable.name in self.told.columns and variable.name in self.wanted.columns:
                yield from self._values(variable.name, here, other)

    def _values(self, name: str, here: np.ndarray, other: np.ndarray) -> Iterator[Finding]:
        one = self.told[name].take(list(here)).reset_index(drop=True)
        two = self.wanted[name].take(list(other)).reset_index(drop=True)
        off = _differ(one, two)
        said, right = texts(one[off]), texts(two[off])
        for row, value, wanted in zip(here[off], said, right, strict=True):
            message = f"is '{value}', and the specs derive '{wanted}'"
            yield self._told("DERIVED-VALUE", message, name, int(row))

    def _by_keys(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of the records that agree in their keys, and in which of the equals they are."""
        keys = [k for k in self.dataset.keys if k in self.told.columns and k in self.wanted.columns]
        one, two = (_numbered(frame[keys]) for frame in (self.told, self.wanted))
        both = one.merge(two, on=[*keys, "@nth"], suffixes=("", "@other"))
        return both["@at"].to_numpy(), both["@at@other"].to_numpy()

    def _unmatched(self, here: np.ndarray, other: np.ndarray) -> Iterator[Finding]:
        for place in np.setdiff1d(np.arange(len(self.told)), here):
            yield self._told("DERIVED-RECORD", "the specs derive no such record", "", int(place))
        for place in np.setdiff1d(np.arange(len(self.wanted)), other):
            row = self.wanted.iloc[[int(place)]]
            named = ", ".join(f"{key} {texts(row[key]).iloc[0]}" for key in self.dataset.keys)
            message = f"a record that the specs derive is missing: {named}"
            yield self._told("DERIVED-RECORD", message)

    def _told(self, rule: str, message: str, variable: str = "", row: int = -1) -> Finding:
        found = self.dataset.variable(variable) if variable else None
        return Finding(
            rule=rule,
            severity="error",
            message=message,
            dataset=self.dataset.name,
            variable=variable,
            rows=(row + 1,) if row >= 0 else (),
            spec=found.at if found else self.dataset.at,
            mend="build the datasets anew from this SDTM, or mend the specs",
        )


def _numbered(keys: pd.DataFrame) -> pd.DataFrame:
    """Keys with the place of their record, and which of those with the same keys it is."""
    nth = keys.groupby(list(keys.columns), dropna=False).cumcount()
    return keys.assign(**{"@at": pd.Series(range(len(keys)), index=keys.index), "@nth": nth})


def _differ(one: pd.Series, two: pd.Series) -> np.ndarray:
    """Where two columns of the same records are not the same."""
    if not all(pd.api.types.is_numeric_dtype(values) for values in (one, two)):
        return np.asarray(texts(one).ne(texts(two)), dtype=bool)
    left, right = one.to_numpy(dtype=float), two.to_numpy(dtype=float)
    same = np.isclose(left, right, rtol=EXACT, atol=0.0, equal_nan=True)
    return np.asarray(~same, dtype=bool)
