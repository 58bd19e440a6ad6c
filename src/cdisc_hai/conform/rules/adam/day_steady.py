"""Rule ADAM-DAY-STEADY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import DAY_PAIRS as PAIRS
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-DAY-STEADY",
    "The days of a subject are counted from one date.",
    mend="count all days of the subject from one reference date",
    standard="adam",
    severity="warning",
    needs=("USUBJID",),
)
def day_steady(table: Table, folder: Folder) -> Iterator[Broken]:
    """Each pair of date and day leads back to a reference date; within a subject it is the same
    one (ADaMIG 1.3)."""
    subject = table.group("USUBJID")
    for day, date in PAIRS:
        if table.has(day, date):
            days = table.number(day)
            origin = table.number(date) - days + days.gt(0).astype(float)
            bad = origin.notna() & origin.ne(origin.groupby(subject).transform("median"))
            yield Broken(
                day, bad, "is counted from another date than others of the subject", (day, date)
            )
