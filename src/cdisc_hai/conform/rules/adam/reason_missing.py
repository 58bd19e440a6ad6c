"""Rule ADSL-REASON-MISSING."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-REASON-MISSING",
    "A discontinuation has a reason.",
    mend="write the reason",
    standard="adam",
    kinds=("ADSL",),
    severity="warning",
)
def reason_missing(table: Table, folder: Folder) -> Iterator[Broken]:
    """Tables of disposition count subjects by DCSREAS and DCTREAS (ADaMIG 1.3)."""
    for reason, status in (("DCSREAS", "EOSSTT"), ("DCTREAS", "EOTSTT")):
        if table.has(reason, status):
            bad = table.empty(reason) & table.is_in(status, ("DISCONTINUED",))
            yield Broken(reason, bad, f"in {status} has no {reason}", (status,))
