"""Rule ELEMENT-START."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.joins import beside, lowest
from cdisc_hai.conform.moments import complete
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ELEMENT-START",
    "A subject's elements begin with consent, and one begins with the first dose.",
    mend="derive SESTDTC from RFICDTC and RFXSTDTC, or correct the dates of DM",
    severity="warning",
    datasets=("SE",),
    needs=("USUBJID", "SESTDTC", "DM.RFICDTC"),
)
def elements_start(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where the first elements of most subjects begin on RFICDTC, and an element of most treated
    subjects on RFXSTDTC, they do so for all (SDTMIG 5.3 leaves it to the trial's TESTRL)."""
    dm, start = beside(table, folder.get("DM")), table.text("SESTDTC")
    subject = table.group("USUBJID")
    first = start.eq(lowest(start.where(start.ne("")), subject))
    consent, dosed = dm.text("RFICDTC"), dm.text("RFXSTDTC")
    for judged, date, says in (
        (first & consent.ne(""), consent, "is the first element's, and not the day of consent"),
        (_nearest(table, dosed) & dosed.ne(""), dosed, "is not the first dose, as for others"),
    ):
        bad = judged & start.ne(date)
        if bad.sum() < _FEW * judged.sum():
            quotes, extra = ("SESTDTC", "date in DM"), {"date in DM": date}
            yield Broken("SESTDTC", bad, says, quotes, beside=extra)


def _nearest(table: Table, date: pd.Series) -> pd.Series:
    """Of each subject the element whose start is nearest to the date."""
    apart = (table.day("SESTDTC") - complete(date)).abs()
    return apart.eq(lowest(apart, table.group("USUBJID"))) & apart.notna()


_FEW = 0.1
