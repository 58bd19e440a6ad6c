"""Rule DOSE-DAY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DOSE-DAY",
    "Nothing is given before the first exposure or after the last.",
    mend="correct the date, or RFXSTDTC and RFXENDTC",
    severity="warning",
    datasets=("EC", "EX"),
    needs=("USUBJID", "--STDTC", "DM.RFXSTDTC"),
    public=("CORE-000516", "FB3601"),
)
def dose_day(table: Table, folder: Folder) -> Iterator[Broken]:
    """The start of a dose that was given lies between RFXSTDTC and RFXENDTC (SDTMIG 5.2, 6.1.3)."""
    dm, start = beside(table, folder.get("DM")), table.text("--STDTC")
    first, last = dm.text("RFXSTDTC"), dm.text("RFXENDTC")
    given = ~table.is_in("--OCCUR", ("N",))
    for bad, name, date, says in (
        (surely_before(start, first), "RFXSTDTC", first, "is before the first exposure"),
        (surely_before(last, start), "RFXENDTC", last, "is after the last exposure"),
    ):
        yield Broken("--STDTC", bad & given, says, ("--STDTC", name), beside={name: date})
