"""Rule BDS-REQUIRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-REQUIRED",
    "A BDS dataset has PARAM, PARAMCD and AVAL or AVALC.",
    mend="add the variable",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def bds_required(table: Table, folder: Folder) -> Iterator[Broken]:
    """They are Required in the Basic Data Structure (ADaMIG 1.3)."""
    for name in ("PARAM", "PARAMCD"):
        if not table.has(name):
            yield Broken(name, None, "is required in BDS and is not there")
    if not table.has("AVAL") and not table.has("AVALC"):
        yield Broken("AVAL", None, "is not there, and neither is AVALC")
