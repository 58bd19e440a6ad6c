"""Rule ARM-REASON."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ARM-REASON",
    "Where a planned or actual arm is missing ARMNRS says why, and nowhere else.",
    mend="fill ARMCD, ARM, ACTARMCD and ACTARM, or say in ARMNRS why they are empty",
    datasets=("DM",),
    needs=("ARMCD", "ACTARMCD"),
    public=(
        "CORE-000045",
        "CORE-000046",
        "CORE-000121",
        "CORE-000223",
        "CORE-000224",
        "CG0513",
        "CG0515",
        "CG0517",
        "CG0519",
        "CG0520",
        "SD2236",
        "SD2237",
    ),
)
def arm_reason(table: Table, folder: Folder) -> Iterator[Broken]:
    """ARMCD and ACTARMCD are both filled, or ARMNRS is (SDTMIG 5.2)."""
    both = table.filled("ARMCD") & table.filled("ACTARMCD")
    reason = table.filled("ARMNRS")
    quotes = ("ARMCD", "ACTARMCD", "ARMNRS")
    lacks = ~both & ~reason
    yield Broken("ARMNRS", lacks, "are empty and no reason says why", ("ARMCD", "ACTARMCD"))
    yield Broken("ARMNRS", both & reason, "is a reason although both arms are there", quotes)
