"""Rule TTE-CENSOR-TEXT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-CENSOR-TEXT",
    "The date of a censoring is described where the time is censored.",
    mend="take CNSDTDSC out where CNSR is 0",
    standard="adam",
    kinds=("TTE",),
    needs=("CNSDTDSC",),
)
def censor_text(table: Table, folder: Folder) -> Iterator[Broken]:
    """CNSDTDSC describes the date of a censoring; an event has none (ADaM BDS for time-to-event
    analyses)."""
    bad = table.filled("CNSDTDSC") & table.number("CNSR").eq(0)
    yield Broken("CNSDTDSC", bad, "describes a censoring, but CNSR is 0")
