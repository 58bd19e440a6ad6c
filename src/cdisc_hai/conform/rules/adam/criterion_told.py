"""Rule BDS-CRITERION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-CRITERION",
    "A criterion flag stands beside its criterion.",
    mend="write the criterion on every record that is flagged",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def criterion_told(table: Table, folder: Folder) -> Iterator[Broken]:
    """CRITyFL says whether CRITy is met; without the text nobody knows what was asked (ADaMIG
    1.3)."""
    for flag in matching(table, r"CRIT\dFL"):
        text = flag[:-2]
        bad = table.filled(flag) & table.empty(text)
        yield Broken(flag, bad, f"is a flag, but {text} is missing")
