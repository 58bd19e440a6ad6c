"""Rule EPOCH-KNOWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "EPOCH-KNOWN",
    "An epoch is one of the trial's.",
    mend="take the epoch from TA",
    needs=("EPOCH", "TA.EPOCH"),
    public=("CORE-000271", "CG0009"),
)
def epoch_known(table: Table, folder: Folder) -> Iterator[Broken]:
    """EPOCH is a value of EPOCH in TA (SDTMIG 7.2.1)."""
    known = frozenset(folder.get("TA").distinct("EPOCH"))
    bad = table.filled("EPOCH") & ~table.is_in("EPOCH", known)
    yield Broken("EPOCH", bad, "is no epoch of the trial (TA)")
