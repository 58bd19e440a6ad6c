"""Rule VISIT-DATES."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "VISIT-DATES",
    "What was collected at a visit has a date within the visit of SV.",
    mend="correct the date or the visit, or the dates of the visit in SV",
    severity="warning",
    kinds=("FINDINGS",),
    needs=("USUBJID", "VISITNUM", "--DTC", "SV.VISITNUM", "SV.USUBJID", "SV.SVSTDTC"),
)
def visit_dates(table: Table, folder: Folder) -> Iterator[Broken]:
    """--DTC lies between SVSTDTC and SVENDTC of its visit, by day and as far as the dates are known
    (SDTMIG 5.5). A visit that has no dates in SV is not judged."""
    visit = beside(table, folder.get("SV"), ("USUBJID", "VISITNUM"))
    first, last = table.days("--DTC")
    start, latest_start = visit.days("SVSTDTC")
    end = visit.days("SVENDTC")[1].fillna(latest_start)
    extra = {"SVSTDTC": visit.text("SVSTDTC"), "SVENDTC": visit.text("SVENDTC")}
    bad = last.lt(start) | first.gt(end)
    quotes = ("--DTC", "VISITNUM", "SVSTDTC", "SVENDTC")
    yield Broken("--DTC", bad, "lies outside the visit", quotes, beside=extra)
