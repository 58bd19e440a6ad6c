"""Time to event: dates of a subject's course, and ranked rules: the first that fits decides.

A spec gives ``moments`` (named dates: of a dataset's records, the first or last of others, so many
days from another) and ``rules`` (tests on moments, the moment that is the analysis date, and
the censoring value). Events and censorings of any protocol are values in the specs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables, dated_records, pick
from cdisc_hai.errors import DerivationError
from cdisc_hai.registry import Param, operation

FIELDS = ("day", "ref", "dom", "var", "seq", "label", "flag")
_TEXT = ("ref", "dom", "var", "label", "flag")


class Moments:
    """The moments of a spec for a list of subjects, each worked out when it is first asked for."""

    def __init__(
        self, subjects: pd.DataFrame, tables: Tables, specs: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.subjects, self.tables, self.specs = subjects, tables, specs
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
                found = found.assign(label=np.where(found["day"].notna(), label, ""))
            self.known[name] = found
            self.asked.remove(name)
        return self.known[name]

    def _work_out(self, spec: Mapping[str, Any]) -> pd.DataFrame:
        if "first_of" in spec:
            return self._choose(spec["first_of"], "first")
        if "last_of" in spec:
            return self._choose(spec["last_of"], "last")
        if "from" in spec:
            base = self[spec["from"]]
            return base.assign(day=base["day"] + spec.get("plus_days", 0))
        records = dated_records(self.tables, [spec])
        for key, keeps in _BOUNDS.items():
            if key in spec:
                limits = pd.Series(self[spec[key]]["day"].to_numpy(), index=self.subjects[SUBJECT])
                records = records[keeps(records["day"], records[SUBJECT].map(limits))]
        chosen = pick(records, spec.get("pick", "first"))
        return _filled(chosen.reindex(self.subjects[SUBJECT]).reset_index(drop=True))

    def _choose(self, names: Sequence[str], which: str) -> pd.DataFrame:
        """Of several moments the first or last by day; of equal ones the one named first."""
        chosen = self[names[0]]
        for name in names[1:]:
            other = self[name]
            sooner = other["day"] < chosen["day"]
            later = other["day"] > chosen["day"]
            better = (sooner if which == "first" else later) | (
                chosen["day"].isna() & other["day"].notna()
            )
            chosen = chosen.where(~better, other)
        return chosen


# A record counts where its day keeps the bound; a bound that a subject does not have bounds
# nothing from above, and lets nothing through from below.
_Bound = Callable[["pd.Series[float]", "pd.Series[float]"], "pd.Series[bool]"]
_BOUNDS: dict[str, _Bound] = {
    "not_before": lambda day, limit: day >= limit,
    "after": lambda day, limit: day > limit,
    "not_after": lambda day, limit: ~(day > limit),
    "before": lambda day, limit: ~(day >= limit),
}


def _filled(found: pd.DataFrame) -> pd.DataFrame:
    found = found.reindex(columns=list(FIELDS))
    for name in _TEXT:
        found[name] = found[name].fillna("").astype(object)
    return found.assign(
        day=pd.to_numeric(found["day"]).astype(float),
        seq=pd.to_numeric(found["seq"], errors="coerce").astype(float),
    )


def fits(moments: Moments, tests: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Subjects for whom every test holds."""
    held = np.ones(len(moments.subjects), dtype=bool)
    for test in tests:
        held = held & _test(moments, test)
    return held


def _test(moments: Moments, test: Mapping[str, Any]) -> np.ndarray:
    held = np.ones(len(moments.subjects), dtype=bool)
    if "any" in test:
        either = [_test(moments, one) for one in test["any"]]
        held = held & np.any(either, axis=0)
    if "present" in test:
        held = held & moments[test["present"]]["day"].notna().to_numpy()
    if "absent" in test:
        held = held & moments[test["absent"]]["day"].isna().to_numpy()
    if "earlier" in test:
        one, other = (moments[name]["day"].to_numpy() for name in test["earlier"])
        held = held & (one < other)
    if "more_than_days" in test:
        gap = moments[test["to"]]["day"] - moments[test["from"]]["day"]
        held = held & (gap > test["more_than_days"]).to_numpy()
    return held


@operation(
    "time_to_event",
    stage="records",
    sentence=(
        "Days from {start} to the date of the first of these rules that fits, "
        "both included: {rules}."
    ),
    start=Param("text"),
    moments=Param("{shape:moment}"),
    rules=Param("[shape:tte_rule]"),
)
def time_to_event(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    start: str,
    moments: Mapping[str, Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
) -> pd.DataFrame:
    """One record a subject with a start: STARTDT, ADT, AVAL in days, CNSR and their source.

    CNSR is 0 for an event, whose EVNTDESC is the label of its moment; else CNSDTDSC is the
    description of the rule.
    """
    course = Moments(subjects, tables, moments)
    starts = course[start]
    waiting = starts["day"].notna().to_numpy()
    rows: list[pd.DataFrame] = []
    for rule in rules:
        now = waiting & fits(course, rule.get("when") or [])
        waiting = waiting & ~now
        rows.append(_records(subjects[now], course[rule["date"]][now], starts[now], rule))
    if waiting.any():
        raise DerivationError(f"no rule fits {int(waiting.sum())} subjects; add one without 'when'")
    return pd.concat(rows, ignore_index=True)


def _records(
    subjects: pd.DataFrame, dates: pd.DataFrame, starts: pd.DataFrame, rule: Mapping[str, Any]
) -> pd.DataFrame:
    event = rule["censor"] == 0
    days, begins = dates["day"].to_numpy(), starts["day"].to_numpy()
    labels, said = dates["label"].to_numpy(), rule.get("description", "")
    refs = [
        ";".join(dict.fromkeys(r for r in pair if r))
        for pair in zip(dates["ref"], starts["ref"], strict=True)
    ]
    return pd.DataFrame(
        {
            SUBJECT: subjects[SUBJECT].to_numpy(),
            "STARTDT": begins,
            "ADT": days,
            "ADTF": dates["flag"].to_numpy(),
            "AVAL": days - begins + 1,
            "CNSR": float(rule["censor"]),
            "EVNTDESC": labels if event else said,
            "CNSDTDSC": "" if event else labels,
            "SRCDOM": dates["dom"].to_numpy(),
            "SRCVAR": dates["var"].to_numpy(),
            "SRCSEQ": dates["seq"].to_numpy(),
            "@from": refs,
        }
    )
