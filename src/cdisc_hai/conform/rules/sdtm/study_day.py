"""Rule DAY-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import study_days
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--DY", "--DTC"), ("--STDY", "--STDTC"), ("--ENDY", "--ENDTC"))


@rule(
    "DAY-RIGHT",
    "A study day is counted from the subject's RFSTDTC, without a day 0.",
    mend="count the day anew from the date and RFSTDTC, or correct the date",
    needs=("DM.RFSTDTC", "USUBJID"),
    public=(
        "CORE-000529",
        "CORE-000552",
        "CORE-000553",
        "CG0006",
        "CG0220",
        "CG0222",
        "FB1603",
    ),
)
def study_day(table: Table, folder: Folder) -> Iterator[Broken]:
    """Day 1 is the day of RFSTDTC, the day before it is -1 (SDTMIG 4.4.4). --DY goes with --DTC,
    --STDY with --STDTC, --ENDY with --ENDTC."""
    dm = folder.get("DM")
    start = dm.day("RFSTDTC") if table is dm else beside(table, dm).day("RFSTDTC")
    for day, date in _PAIRS:
        if table.has(day, date):
            right = study_days(table.day(date), start)
            told = table.number(day)
            bad = told.notna() & right.notna() & told.ne(right)
            says = f"is another day than {table.variable(date)} and RFSTDTC make"
            extra = {"counted": right}
            yield Broken(day, bad, says, (day, date, "counted"), beside=extra)
