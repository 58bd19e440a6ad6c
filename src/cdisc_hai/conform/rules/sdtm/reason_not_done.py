"""Rule STAT-REASON."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "STAT-REASON",
    "A reason for not being done stands beside NOT DONE.",
    mend="write NOT DONE into --STAT, or take the reason out",
    needs=("--REASND",),
    public=("CG0094", "CORE-000225"),
)
def reason_not_done(table: Table, folder: Folder) -> Iterator[Broken]:
    """--REASND says why --STAT is NOT DONE (SDTMIG 4.5.1.2), so it is empty elsewhere."""
    bad = table.filled("--REASND") & ~table.is_in("--STAT", ("NOT DONE",))
    yield Broken("--REASND", bad, "is a reason, but --STAT is not NOT DONE")
