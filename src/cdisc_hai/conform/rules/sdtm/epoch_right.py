"""Rule EPOCH-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.elements import element_at
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_STARTS = ("--STDTC", "--DTC")


@rule(
    "EPOCH-RIGHT",
    "The epoch is that of the element in which the record's start lies.",
    mend="derive EPOCH anew from SE",
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
    needs=("USUBJID", "EPOCH", "SE.EPOCH", "SE.SESTDTC"),
    public=("CORE-000097", "CORE-000701", "CG0218", "FB2201"),
)
def epoch_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """EPOCH goes with --STDTC, in Findings with --DTC: the element of SE that has begun and not
    ended (SDTMIG 5.3). On a day on which one element follows another either is right where a time
    is not known; partial dates, and times before the first element, are not judged."""
    date = next((name for name in _STARTS if table.has(name)), "")
    if not date:
        return
    judged = element_at(table, date, folder.get("SE"))
    told = table.text("EPOCH")
    wrong = judged.known & told.ne("") & told.ne(judged.epoch) & told.ne(judged.before)
    extra = {"in SE": judged.epoch}
    quotes = ("EPOCH", date, "in SE")
    yield Broken("EPOCH", wrong, "is another epoch than SE has", quotes, beside=extra)
    lacks = judged.known & told.eq("") & judged.epoch.ne("")
    yield Broken("EPOCH", lacks, "has none, but SE has", quotes, beside=extra)
