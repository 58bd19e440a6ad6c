"""Whether an assessment is confirmed by a later one of the same subject, by any criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cdisc_hai.derive.flags import in_order
from cdisc_hai.derive.merged import record_keys
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.sources import SUBJECT, Tables, column
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation

Ints = npt.NDArray[np.int64]


@operation(
    "confirmed_flag",
    stage="column",
    sentence=(
        "{yes} where {variable} is confirmed at least {at_least_days} days later"
        "[ and at most {at_most_days}], by {date}[, within {by}][, among records for which {where}]"
        ". What confirms each: {confirmed_by}[. What alone stands between: {between}]"
        "[. How many at most: {at_most}]."
    ),
    variable=Param("variable"),
    date=Param("variable"),
    by=Param("[variable]", required=False),
    where=Param("where", required=False),
    confirmed_by=Param("terms"),
    at_least_days=Param("number"),
    at_most_days=Param("number", required=False),
    between=Param("terms", required=False),
    at_most=Param("{number}", required=False),
    yes=Param("text", required=False),
)
def confirmed_flag(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    date: str,
    confirmed_by: Mapping[str, Any],
    at_least_days: float,
    at_most_days: float | None = None,
    by: Sequence[str] = (),
    where: Mapping[str, Any] | None = None,
    between: Mapping[str, Any] | None = None,
    at_most: Mapping[str, int] | None = None,
    yes: str = "Y",
) -> Derived:
    """A flag on records whose value is one of ``confirmed_by`` and is met again as that says.

    ``between`` names for a value what alone may stand between the two (nothing said: anything),
    ``at_most`` how many of a value may. The first record that could confirm decides.
    """
    chosen = frame[matches(frame, where or {}) & frame[date].notna()]
    rows = in_order(chosen, [SUBJECT, *by], [date])
    groups = record_keys([column(rows, name) for name in (SUBJECT, *by)], len(rows))
    course = _Course(
        pd.factorize(groups)[0].astype(np.int64),
        rows[date].to_numpy(dtype=float),
        texts(rows[variable]).to_numpy(dtype=object),
    )
    flagged = np.zeros(len(rows), dtype=bool)
    for value, confirming in confirmed_by.items():
        mine = np.flatnonzero(course.values == str(value))
        later = course.first_after(mine, _listed(confirming), at_least_days)
        ok = later >= 0
        if at_most_days is not None:
            ok &= course.days[later] - course.days[mine] <= at_most_days
        if between and value in between:
            others = ~np.isin(course.values, _listed(between[value]))
            ok &= _count(others, mine, later) == 0
        for term, number in (at_most or {}).items():
            ok &= _count(course.values == str(term), mine, later) <= number
        flagged[mine] = ok
    flags = pd.Series("", index=frame.index, dtype=object)
    flags[rows.index[flagged]] = yes
    return Derived(flags)


def _listed(values: Any) -> list[str]:
    return [str(value) for value in (values if isinstance(values, list) else [values])]


def _count(those: np.ndarray, mine: Ints, later: Ints) -> Ints:
    """How many of those stand between each record and its later one."""
    so_far = np.append(0, np.cumsum(those))
    return np.asarray(so_far[np.maximum(later, mine + 1)] - so_far[mine + 1])


class _Course:
    """Records in the order of their groups and days."""

    def __init__(self, groups: Ints, days: np.ndarray, values: np.ndarray) -> None:
        self.groups, self.days, self.values = groups, days, values
        span = float(np.ptp(days)) + 1 if len(days) else 1.0
        self.first = days.min() if len(days) else 0.0
        self.span = span
        self.keys = groups * span + (days - self.first)

    def first_after(self, mine: Ints, confirming: Sequence[str], least: float) -> Ints:
        """For each record the first of its group with such a value so many days later; -1: none."""
        candidates = np.flatnonzero(np.isin(self.values, confirming))
        if not len(candidates) or not len(mine):
            return np.full(len(mine), -1)
        # a day past the last one of all lies past the group, whatever group stands next
        past = np.minimum(self.days[mine] + least - self.first, self.span - 0.5)
        begin = np.searchsorted(self.keys, self.groups[mine] * self.span + past, side="left")
        begin = np.maximum(begin, mine + 1)
        place = np.searchsorted(candidates, begin)
        found = np.append(candidates, -1)[place]
        return np.where((found >= 0) & (self.groups[found] == self.groups[mine]), found, -1)
