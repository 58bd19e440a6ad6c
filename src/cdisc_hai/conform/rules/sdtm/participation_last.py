"""Rule PARTICIPATION-LAST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.lastdates import last_days
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_MOST = 0.95
_ENOUGH = 20


@rule(
    "PARTICIPATION-LAST",
    "The end of participation is the last day that any record tells.",
    mend="derive RFPENDTC anew from all dates of the subject",
    severity="note",
    datasets=("DM",),
    needs=("USUBJID", "RFPENDTC"),
)
def participation_last(table: Table, folder: Folder) -> Iterator[Broken]:
    """RFPENDTC is the day of the subject's latest complete date in the folder (SDTMIG 5.2), where
    that is so for nearly all subjects."""
    last, told = last_days(table, folder), table.day("RFPENDTC")
    known = last.notna() & told.notna()
    bad = known & told.gt(last)
    if known.sum() >= _ENOUGH and bad.sum() <= (1 - _MOST) * known.sum():
        yield Broken("RFPENDTC", bad, "is later than any record", ("USUBJID", "RFPENDTC"))
