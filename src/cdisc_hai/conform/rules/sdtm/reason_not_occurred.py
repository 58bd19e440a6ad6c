"""Rule OCCURRENCE-REASON."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCCURRENCE-REASON",
    "A reason for not occurring stands where it did not occur.",
    mend="write N into --OCCUR, or take the reason out",
    kinds=("EVENTS", "INTERVENTIONS"),
    needs=("--REASOC",),
)
def reason_not_occurred(table: Table, folder: Folder) -> Iterator[Broken]:
    """--REASOC says why --OCCUR is N (SDTM 2.0), so it is empty elsewhere; where some of the
    dataset's answers N have a reason, all do."""
    no = table.is_in("--OCCUR", ("N",))
    quotes = ("--OCCUR", "--REASOC")
    yield Broken("--REASOC", table.filled("--REASOC") & ~no, "but --OCCUR is not N", quotes)
    if (no & table.filled("--REASOC")).any():
        lacks = no & table.empty("--REASOC")
        yield Broken("--REASOC", lacks, "and no reason why it did not occur", ("--OCCUR",))
