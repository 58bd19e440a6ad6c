"""Moments: the dates of a subject's course that a spec names.

A moment is the day of one of the records of a dataset, or of a parameter that stands before in the
same one; the first or last of other moments; or so many days from another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.common import in_common
from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables, dated_records, pick
from cdisc_hai.derive.subjects import places, taken
from cdisc_hai.errors import DerivationError
from cdisc_hai.metadata.choices import constant
from cdisc_hai.metadata.numbers import as_numbers

FIELDS = ("day", "ref", "dom", "var", "seq", "label", "flag", "value")
_NUMBERS = ("day", "seq")


class Moments:
    """The moments of a spec for a list of subjects, each worked out when it is first asked for."""

    def __init__(
        self,
        subjects: pd.DataFrame,
        tables: Tables,
        specs: Mapping[str, Mapping[str, Any]],
        made: Made,
    ) -> None:
        self.subjects, self.tables, self.specs, self.made = subjects, tables, specs, made
        self.known: dict[str, pd.DataFrame] = {}
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One row a subject with the day (NaN: none) and its source."""
        if name not in self.known:
            if name not in self.specs or name in self.asked:
                raise DerivationError(f"moment '{name}' is not there, or waits for itself")
            self.asked.append(name)
            found = self._work_out(self.specs[name])
            label = self.specs[name].get("label")
            if label:
                found = found.assign(label=constant(found, label).where(found["day"].notna(), ""))
            self.known[name] = found
            self.asked.remove(name)
        return self.known[name]

    def _work_out(self, spec: Mapping[str, Any]) -> pd.DataFrame:
        for key, which in (("first_of", "first"), ("last_of", "last")):
            if key in spec:
                return self._choose([self._within(self[name], spec) for name in spec[key]], which)
        if "from" in spec:
            base = self[spec["from"]]
            return self._within(base.assign(day=base["day"] + spec.get("plus_days", 0)), spec)
        if "parameter" in spec:
            records = _of_parameter(self.made[spec["parameter"]], spec)
        else:
            records = dated_records(self.tables, [spec])
        for key, keeps in BOUNDS.items():
            if key in spec:
                rows = places(records[SUBJECT], self.subjects[SUBJECT])
                limits = pd.Series(taken(self[spec[key]]["day"], rows), index=records.index)
                records = records[keeps(records["day"], limits)]
        chosen = pick(records, spec.get("pick", "first"))
        rows = places(self.subjects[SUBJECT], chosen[SUBJECT])
        return _filled({name: taken(chosen[name], rows) for name in FIELDS})

    def _within(self, found: pd.DataFrame, spec: Mapping[str, Any]) -> pd.DataFrame:
        """A moment, taken away from the subjects for whom it lies outside the bounds."""
        for key, keeps in BOUNDS.items():
            if key in spec:
                kept = keeps(found["day"], self[spec[key]]["day"]) & found["day"].notna()
                nothing = {name: np.nan if name in _NUMBERS else "" for name in FIELDS}
                found = _either(kept.to_numpy(), found, nothing)
        return found

    @staticmethod
    def _choose(moments: Sequence[pd.DataFrame], which: str) -> pd.DataFrame:
        """Of several moments the first or last by day; of equal ones the one named first."""
        chosen = moments[0]
        for other in moments[1:]:
            sooner = other["day"] < chosen["day"]
            later = other["day"] > chosen["day"]
            better = (sooner if which == "first" else later) | (
                chosen["day"].isna() & other["day"].notna()
            )
            chosen = _either(better.to_numpy(), other, chosen)
        return chosen


def moments_of(
    subjects: pd.DataFrame, tables: Tables, specs: Mapping[str, Mapping[str, Any]], made: Made
) -> Moments:
    """The moments of these subjects; parameters of one dataset that ask for the same share them.

    ``made`` are the records of the parameters that stand before in the dataset.
    """
    return in_common(
        "moments", subjects, tables, specs, lambda: Moments(subjects, tables, specs, made)
    )


def _of_parameter(records: pd.DataFrame, spec: Mapping[str, Any]) -> pd.DataFrame:
    """The dated records of a parameter of the same dataset; their source is its own."""
    lacking = {n: "" for n in ("SRCDOM", "SRCVAR", "SRCSEQ") if n not in records.columns}
    name = f"~{spec['parameter']}"
    date = spec.get("date", "ADT")
    flag = {f"@flag.{date}": records.get(f"{date}F", "")}
    table = records.assign(**lacking, **flag, **{"@ref": records["@from"]})
    return dated_records({name: table}, [{**spec, "dataset": name, "date": date}])


# A record counts where its day keeps the bound; a bound that a subject does not have bounds
# nothing from above, and lets nothing through from below.
_Bound = Callable[["pd.Series[float]", "pd.Series[float]"], "pd.Series[bool]"]
BOUNDS: dict[str, _Bound] = {
    "not_before": lambda day, limit: day >= limit,
    "after": lambda day, limit: day > limit,
    "not_after": lambda day, limit: ~(day > limit),
    "before": lambda day, limit: ~(day >= limit),
}


def _either(
    first: np.ndarray, one: pd.DataFrame, other: pd.DataFrame | Mapping[str, Any]
) -> pd.DataFrame:
    """The one where it holds, else the other."""
    return framed({name: np.where(first, one[name], other[name]) for name in FIELDS})


def _filled(found: Mapping[str, Any]) -> pd.DataFrame:
    columns = {
        name: as_numbers(pd.Series(values))
        if name in _NUMBERS
        else pd.Series(values).fillna("").astype(object)
        for name, values in found.items()
    }
    return framed(columns)
