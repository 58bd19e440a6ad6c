"""Time to event: dates of a subject's course, and ranked rules: the first that fits decides.

A spec gives ``moments`` (named dates: of a dataset's records, the first or last of others, so many
days from another) and ``rules`` (tests on moments, the moment that is the analysis date, and
the censoring value). Events and censorings of any protocol are values in the specs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.moments import Moments, moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.errors import DerivationError
from cdisc_hai.registry import Param, operation


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
    course = moments_of(subjects, tables, moments, made)
    starts, whose = course[start], subjects[SUBJECT]
    waiting = starts["day"].notna().to_numpy()
    rows: list[pd.DataFrame] = []
    for rule in rules:
        now = waiting & fits(course, rule.get("when") or [])
        waiting = waiting & ~now
        rows.append(_records(whose[now], course[rule["date"]][now], starts[now], rule))
    if waiting.any():
        raise DerivationError(f"no rule fits {int(waiting.sum())} subjects; add one without 'when'")
    return pd.concat(rows, ignore_index=True)


def _records(
    subjects: pd.Series, dates: pd.DataFrame, starts: pd.DataFrame, rule: Mapping[str, Any]
) -> pd.DataFrame:
    event = rule["censor"] == 0
    days, begins = dates["day"].to_numpy(), starts["day"].to_numpy()
    labels, said = dates["label"].to_numpy(), rule.get("description", "")
    ends, origins = (found["ref"].to_numpy(dtype=object) for found in (dates, starts))
    both = (ends != "") & (origins != "") & (ends != origins)
    refs = np.where(both, ends + ";" + origins, np.where(ends != "", ends, origins))
    return framed(
        {
            SUBJECT: subjects,
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
