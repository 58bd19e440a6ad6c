"""Rule BDS-BASE-WORD."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import unlike_baseline
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASE-WORD",
    "The baseline indicator and grade are those of the baseline record.",
    mend="derive them from the record flagged ABLFL",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "PARAMCD",
        "ABLFL",
    ),
)
def base_word(table: Table, folder: Folder) -> Iterator[Broken]:
    """BNRIND is ANRIND of the flagged record, BTOXGR its ATOXGR (ADaMIG 1.3)."""
    for value, base in (("ANRIND", "BNRIND"), ("ATOXGR", "BTOXGR")):
        if table.has(value, base):
            wrong, right = unlike_baseline(table, value, base)
            says = f"is not {value} of the baseline record"
            yield Broken(base, wrong, says, (base,), {"baseline": right})
