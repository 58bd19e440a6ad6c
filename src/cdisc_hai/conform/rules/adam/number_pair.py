"""Rule ADAM-PAIR."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.analysis import coded_pairs
from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_WITHIN = re.compile(r"(AVALCA|BASECA|CHGCAT|PCHGCA|SHIFT|CRIT|MCRIT)\w*|AVISIT|ATPT")


@rule(
    "ADAM-PAIR",
    "A text and the number that stands for it are one to one.",
    mend="give each text one number, and each number one text",
    standard="adam",
    public=(
        "AD0867",
        "AD0868",
        "AD0872",
        "AD0873",
        "AD0877",
        "AD0878",
    ),
)
def number_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """xxxN is the numeric code of xxx (ADaMIG 1.3); visits, categories and criteria are paired
    within a parameter. The rarer pairing is told."""
    for name, number in coded_pairs(table):
        inside = ("PARAMCD",) if _WITHIN.fullmatch(name) and table.has("PARAMCD") else ()
        yield mispaired(table, name, number, *inside)
