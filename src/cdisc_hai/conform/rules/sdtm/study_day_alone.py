"""Rule DAY-BASIS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--DY", "--DTC"), ("--STDY", "--STDTC"), ("--ENDY", "--ENDTC"))


@rule(
    "DAY-BASIS",
    "A study day stands where both dates are complete, and nowhere else.",
    mend="count the day where both dates are complete, and leave it out elsewhere",
    needs=("DM.RFSTDTC", "USUBJID"),
    public=(
        "CORE-000138",
        "CORE-000139",
        "CORE-000354",
        "CG0007",
        "CG0221",
        "CG0223",
    ),
)
def study_day_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """A partial date, or none, gives no study day; two complete dates do, wherever the dataset has
    the variable (SDTMIG 4.4.4)."""
    dm = folder.get("DM")
    start = dm.day("RFSTDTC") if table is dm else beside(table, dm).day("RFSTDTC")
    for day, date in _PAIRS:
        if table.has(day):
            both = table.day(date).notna() & start.notna()
            quotes = (day, date)
            extra = table.filled(day) & ~both
            yield Broken(day, extra, "is counted from a date that is not complete", quotes)
            lacks = table.empty(day) & both
            yield Broken(day, lacks, "is not counted although both dates are complete", quotes)
