"""Rule DEATH-STATUS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-STATUS",
    "A subject is not said to be dead before the death, nor alive after it.",
    mend="correct the status or its date, or the date of death",
    datasets=("SS",),
    needs=("USUBJID", "SSDTC", "SSSTRESC", "DM.DTHDTC"),
    public=("CORE-000259", "CORE-000178", "CG0171", "CG0172", "FB0613"),
)
def status_dead(table: Table, folder: Folder) -> Iterator[Broken]:
    """A survival status DEAD is dated on or after DTHDTC, one that is ALIVE on or before it
    (SDTMIG 6.3.12)."""
    died, told = beside(table, folder.get("DM")).text("DTHDTC"), table.text("SSDTC")
    quotes, extra = ("SSSTRESC", "SSDTC", "DTHDTC"), {"DTHDTC": died}
    early = table.is_in("SSSTRESC", ("DEAD",)) & surely_before(told, died)
    yield Broken("SSDTC", early, "is before the death", quotes, beside=extra)
    late = table.is_in("SSSTRESC", ("ALIVE",)) & surely_before(died, told)
    yield Broken("SSSTRESC", late, "after the death", quotes, beside=extra)
