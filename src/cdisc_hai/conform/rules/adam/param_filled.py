"""Rule BDS-PARAM."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PARAM",
    "Every record of BDS has its parameter.",
    mend="write PARAM and PARAMCD on every record",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def param_filled(table: Table, folder: Folder) -> Iterator[Broken]:
    """PARAM and PARAMCD say what AVAL is, on each record (ADaMIG 1.3)."""
    for name in ("PARAM", "PARAMCD"):
        if table.has(name):
            yield Broken(name, table.empty(name), "is missing")
