"""Which record of a subject and test is the last result before the first dose."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cdisc_hai.conform.joins import beside, highest, how_many
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.table import Table

_KEYS = ("USUBJID", "--TESTCD", "--CAT", "--SCAT", "--SPEC", "--LOC", "--LAT", "--METHOD",
         "--EVAL", "--EVALID", "--LNKID", "--TPTNUM", "--POS")  # fmt: skip
_MINUTE = len("YYYY-MM-DDTHH:MM")


@dataclass(frozen=True)
class Baseline:
    """Masks over the records: surely after the first dose; with a later result before it; the
    last one before it; of a group with a flag anywhere. ``exposure`` is RFXSTDTC."""

    exposure: pd.Series
    after: pd.Series
    later_there: pd.Series
    last: pd.Series
    flagged: pd.Series


def last_before_exposure(table: Table, dm: Table) -> Baseline:
    """Judge the results of a Findings dataset by --DTC against RFXSTDTC.

    Only complete dates are judged. A date without time on the day of the first dose is before it;
    results of one day whose times are not both known are equally late.
    """
    exposure = beside(table, dm).text("RFXSTDTC")
    when, done = table.text("--DTC"), table.filled("--STRESC") & table.day("--DTC").notna()
    day = table.day("--DTC")
    start = pd.Series(beside(table, dm).day("RFXSTDTC"))
    timed, dosed = when.str.len().ge(_MINUTE), exposure.str.len().ge(_MINUTE)
    # a time on a day of which the dose has none may be on either side
    known = done & start.notna() & ~(day.eq(start) & timed & ~dosed)
    # a time that is the very minute of the dose is not before it
    same = day.eq(start) & timed & dosed
    late = day.gt(start) | (same & when.str[:_MINUTE].ge(exposure.str[:_MINUTE]))
    surely = surely_before(exposure, when)
    before = known & ~late
    group = table.group(*(name for name in _KEYS if table.has(name)))
    latest = highest(day.where(before), group)
    on = table.is_in("--LOBXFL", ("Y",))
    flagged = how_many(on, group).gt(0)
    last = before & day.eq(latest)
    return Baseline(
        exposure=exposure,
        after=known & late & surely,
        later_there=known & before & day.lt(latest),
        last=last,
        flagged=flagged,
    )
