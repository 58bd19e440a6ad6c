"""Rule RESPONSE-NEW."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_OVERALL = ("OVRLRESP",)
_WEAK = ("CR", "PR", "SD", "NON-CR/NON-PD", "NED")


@rule(
    "RESPONSE-NEW",
    "An overall response agrees with the responses that it is made of.",
    mend="correct the overall response, or the one of its parts that is wrong",
    severity="warning",
    datasets=("RS",),
    needs=("USUBJID", "RSTESTCD", "RSSTRESC", "RSDTC"),
)
def response_new_lesion(table: Table, folder: Folder) -> Iterator[Broken]:
    """At one visit of a subject and evaluator the overall response is PD where the target, the
    non-target or the new lesion response is, CR only where target and non-target responses are CR
    (RECIST 1.1, tables 1 and 2)."""
    same = table.group("USUBJID", "RSEVAL", "RSEVALID", "VISITNUM", "RSLNKGRP", "RSCAT")
    overall = table.is_in("RSTESTCD", _OVERALL) & table.filled("RSSTRESC")
    parts = table.is_in("RSTESTCD", ("TRGRESP", "NTRGRESP"))
    new = table.is_in("RSTESTCD", ("NEWLIND", "NEWLPROG"))
    worse = parts & table.is_in("RSSTRESC", ("PD",))
    worse |= new & table.is_in("RSSTRESC", ("Y", "PD", "UNEQUIVOCAL"))
    quotes = ("USUBJID", "VISITNUM", "RSSTRESC")
    bad = overall & table.is_in("RSSTRESC", _WEAK) & how_many(worse, same).gt(0)
    yield Broken("RSSTRESC", bad, "although a part of it is PD", quotes)
    lesser = parts & table.filled("RSSTRESC") & ~table.is_in("RSSTRESC", ("CR", "NA", "NED"))
    bad = overall & table.is_in("RSSTRESC", ("CR",)) & how_many(lesser, same).gt(0)
    yield Broken("RSSTRESC", bad, "although a part of it is not CR", quotes)
