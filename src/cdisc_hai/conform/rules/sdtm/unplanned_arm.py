"""Rule ARM-UNPLANNED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ARM-UNPLANNED",
    "What was given without a plan is described, and nothing else is.",
    mend="describe the treatment in ACTARMUD, or correct ARMNRS",
    datasets=("DM",),
    needs=("ARMNRS",),
)
def unplanned_arm(table: Table, folder: Folder) -> Iterator[Broken]:
    """ACTARMUD is filled where ARMNRS is UNPLANNED TREATMENT, and empty elsewhere (SDTMIG 5.2)."""
    unplanned, told = table.is_in("ARMNRS", ("UNPLANNED TREATMENT",)), table.filled("ACTARMUD")
    quotes = ("ARMNRS", "ACTARMUD")
    yield Broken("ACTARMUD", unplanned & ~told, "and not described", ("ARMNRS",))
    yield Broken("ACTARMUD", told & ~unplanned, "describes what was planned", quotes)
