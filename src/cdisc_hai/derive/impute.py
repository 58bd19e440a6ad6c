"""Partial dates completed by a rule of the study, the same wherever the rule is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.metadata import Imputation
from cdisc_hai.metadata.dates import complete_day, day_bounds

DAY_IMPUTED, MONTH_IMPUTED = "D", "M"
_MONTH_KNOWN = r"^\d{4}-\d\d(?!\d)"
_YEAR_KNOWN = r"^\d{4}"
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
        first, last = day_bounds(iso)
        by_month = whole.isna() & iso.astype(object).str.match(_MONTH_KNOWN)
        by_year = whole.isna() & ~by_month & iso.astype(object).str.match(_YEAR_KNOWN)
        partial = by_month | (by_year & self.rule.months)
        if not partial.any():
            return whole, pd.Series("", index=iso.index, dtype=object)
        chosen = last if self.rule.to == "last" else first
        if self.rule.to == "middle":
            chosen = first + by_year.map({True: _TO_JUNE_30, False: _TO_THE_15TH}).astype(float)
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
        flags = partial.map({True: DAY_IMPUTED, False: ""}).astype(object)
        flags = flags.where(~(partial & by_year), MONTH_IMPUTED)
        return whole.where(~partial, chosen), flags

    @staticmethod
    def _usable(
        anchor: pd.Series, first: pd.Series, last: pd.Series, ended: pd.Series | None
    ) -> pd.Series:
        inside = (anchor >= first) & (anchor <= last)
        return inside if ended is None else inside & ~(ended < anchor)
