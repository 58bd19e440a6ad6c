"""Rule LINK-DATES."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cdisc_hai.conform.joins import beside, lowest
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "LINK-DATES",
    "A lesion is identified on the day of its first result.",
    mend="correct the date of TU or of TR",
    severity="note",
    datasets=("TU",),
    needs=("USUBJID", "TULNKID", "TUDTC", "TR.TRLNKID", "TR.TRDTC"),
)
def link_dates(table: Table, folder: Folder) -> Iterator[Broken]:
    """TUDTC is not after the first TRDTC of the lesion (SDTMIG 6.3.13), and one of the days of its
    results where that is so for nearly all lesions."""
    tr = folder.get("TR")
    first = lowest(tr.day("TRDTC"), tr.group("USUBJID", "TRLNKID"))
    here = beside(table, tr, ("USUBJID", "TULNKID"), ("USUBJID", "TRLNKID"))
    measured, told = here.carried(first, np.nan), table.day("TUDTC")
    known = measured.notna() & told.notna() & table.filled("TULNKID")
    quotes = ("USUBJID", "TULNKID", "TUDTC")
    yield Broken("TUDTC", known & told.gt(measured), "is after the first result", quotes)
    early = known & told.lt(measured)
    if 0 < early.sum() <= _FEW * known.sum():
        yield Broken("TUDTC", early, "is before the first result, unlike others", quotes)


_FEW = 0.02
