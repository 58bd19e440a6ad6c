"""Rule ADSL-REASON."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-REASON",
    "A reason for discontinuation stands beside DISCONTINUED.",
    mend="take the reason out, or correct the status",
    standard="adam",
    kinds=("ADSL",),
)
def reason_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """DCSREAS says why EOSSTT is DISCONTINUED, DCTREAS the same of EOTSTT (ADaMIG 1.3)."""
    for reason, status in (("DCSREAS", "EOSSTT"), ("DCTREAS", "EOTSTT")):
        if table.has(reason, status):
            bad = table.filled(reason) & ~table.is_in(status, ("DISCONTINUED",))
            yield Broken(reason, bad, f"is a reason, but {status} is not DISCONTINUED")
