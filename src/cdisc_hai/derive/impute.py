"""Partial dates completed by a rule of the study, the same wherever the rule is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdisc_hai.metadata import Imputation
from cdisc_hai.metadata.dates import complete_day, day_bounds

DAY_IMPUTED, MONTH_IMPUTED = "D", "M"
YEAR_KNOWN, MONTH_KNOWN = 1, 2
_MONTH = re.compile(r"\d{4}-\d\d(?!\d)")
_YEAR = re.compile(r"\d{4}")
# days from the first of a month to its 15th, from 1 January to 30 June, and of a leap year less one
_TO_THE_15TH, _TO_JUNE_30, _LEAP = 14, 180, 365


@dataclass(frozen=True)
class Imputer:
    """A rule with the dates of the subjects that it leans on.

    ``day_of`` gives, for a name such as ``ADSL.LSTALVDT`` and a column of subjects, the SAS dates
    of that name, NaN where a subject has none.
    """

    rule: Imputation
    day_of: Callable[[str, pd.Series], pd.Series]

    def complete(
        self, subjects: pd.Series, iso: pd.Series, ended: pd.Series | None = None
    ) -> tuple[pd.Series, pd.Series]:
        """Days of ISO 8601 dates, and ``D`` or ``M`` where the day, or the month too, is imputed.

        Without a month there is no day, unless the rule completes months.

        ``ended`` are days before which no anchor of the rule is taken (``unless_ended``).
        """
        whole = complete_day(iso)
        kinds = _kinds(iso, whole.isna().to_numpy())
        rows = np.flatnonzero(kinds == MONTH_KNOWN if not self.rule.months else kinds)
        if not len(rows):
            return whole, pd.Series("", index=iso.index, dtype=object)
        by_year = kinds[rows] == YEAR_KNOWN
        given = None if ended is None else ended.iloc[rows]
        chosen = self._chosen(subjects.iloc[rows], iso.iloc[rows], by_year, given)
        days, flags = whole.to_numpy(copy=True), np.full(len(iso), "", dtype=object)
        days[rows] = chosen.to_numpy()
        flags[rows] = np.where(by_year, MONTH_IMPUTED, DAY_IMPUTED)
        return pd.Series(days, index=iso.index), pd.Series(flags, index=iso.index, dtype=object)

    def _chosen(
        self, subjects: pd.Series, iso: pd.Series, by_year: np.ndarray, ended: pd.Series | None
    ) -> pd.Series:
        """The days of dates of which a part is known."""
        first, last = day_bounds(iso)
        chosen = last if self.rule.to == "last" else first
        if self.rule.to == "middle":
            chosen = first + np.where(by_year, _TO_JUNE_30, _TO_THE_15TH).astype(float)
            chosen = chosen + (by_year & (last - first >= _LEAP)).astype(float)
        if self.rule.after:
            anchor = self.day_of(self.rule.after, subjects)
            inside = self._usable(anchor, first, last, ended)
            chosen = chosen.where(~inside, (anchor + 1).clip(upper=last))
        if self.rule.same:
            anchor = self.day_of(self.rule.same, subjects)
            inside = self._usable(anchor, first, last, ended)
            chosen = chosen.where(~inside, anchor)
        for bound in self.rule.bounds:
            limit = self.day_of(bound, subjects)
            passed = (limit < chosen) & ((limit >= first) | (not self.rule.within))
            chosen = chosen.where(~passed, limit)
        return chosen

    @staticmethod
    def _usable(
        anchor: pd.Series, first: pd.Series, last: pd.Series, ended: pd.Series | None
    ) -> pd.Series:
        inside = (anchor >= first) & (anchor <= last)
        return inside if ended is None else inside & ~(ended < anchor)


def _kinds(iso: pd.Series, lacking: np.ndarray) -> np.ndarray:
    """What is known of each date that is not complete: the month, the year alone, or nothing."""
    rows = np.flatnonzero(lacking)
    codes, distinct = pd.factorize(iso.iloc[rows].to_numpy(dtype=object))
    known = [
        MONTH_KNOWN if _MONTH.match(text) else YEAR_KNOWN if _YEAR.match(text) else 0
        for text in map(str, distinct)
    ]
    kinds = np.zeros(len(iso), dtype=np.int64)
    kinds[rows] = np.array([*known, 0])[codes]
    return kinds
