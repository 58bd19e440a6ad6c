"""Rule STAT-WHY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--STAT", "NOT DONE", "--REASND"), ("SVOCCUR", "N", "SVREASOC"))


@rule(
    "STAT-WHY",
    "What was not done has a reason, where others have one.",
    mend="write why it was not done",
    severity="warning",
)
def reason_given(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where most records with --STAT NOT DONE have --REASND, and most visits with SVOCCUR N have
    SVREASOC, all have (SDTMIG 4.5.1.2, 5.5); a study that collects no reasons is not told."""
    for name, word, reason in _PAIRS:
        skipped, told = table.is_in(name, (word,)), table.filled(reason)
        if (skipped & told).sum() > (skipped & ~told).sum():
            yield Broken(reason, skipped & ~told, "has no reason", (name,))
