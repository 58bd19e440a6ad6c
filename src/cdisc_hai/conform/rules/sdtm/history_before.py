"""Rule HISTORY-BEFORE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "HISTORY-BEFORE",
    "A history begins and ends before the study treatment.",
    mend="correct the date, or record an adverse event",
    severity="warning",
    datasets=("MH",),
    needs=("USUBJID", "DM.RFSTDTC"),
    public=("CORE-000236", "CORE-000250", "CG0078", "CG0079"),
)
def history_before(table: Table, folder: Folder) -> Iterator[Broken]:
    """MHSTDTC is not after RFSTDTC, nor after RFICDTC where nothing was given; MHENDTC of what has
    begun before is not after the end of participation (SDTMIG 6.2.7)."""
    dm = beside(table, folder.get("DM"))
    start, consent = dm.text("RFSTDTC"), dm.text("RFICDTC")
    begin = start.where(start.ne(""), consent)
    extra = {"RFSTDTC": begin}
    bad = surely_before(begin, table.text("MHSTDTC"))
    yield Broken("MHSTDTC", bad, "is after the start", ("MHSTDTC", "RFSTDTC"), beside=extra)
    bad = surely_before(begin, table.text("MHENDTC"))
    yield Broken("MHENDTC", bad, "is after the start", ("MHENDTC", "RFSTDTC"), beside=extra)
