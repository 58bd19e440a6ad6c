"""Rule BDS-CHANGE-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-CHANGE-ALONE",
    "A change stands beside a value and a baseline.",
    mend="take the change out, or write the value and the baseline",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def change_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """CHG and PCHG compare AVAL with BASE; without one of them there is nothing to compare
    (ADaMIG 1.3)."""
    for name in ("CHG", "PCHG"):
        bad = table.filled(name) & (table.empty("AVAL") | table.empty("BASE"))
        yield Broken(name, bad, "is a change without value or baseline")
