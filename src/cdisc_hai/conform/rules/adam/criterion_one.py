"""Rule BDS-CRITERION-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-CRITERION-ONE",
    "A criterion of a parameter is the same on all its records.",
    mend="write one text, and another criterion under another number",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("PARAMCD",),
)
def criterion_one(table: Table, folder: Folder) -> Iterator[Broken]:
    """CRITy has one meaning within a parameter (ADaMIG 1.3). The rarer pairing is told."""
    for text in matching(table, r"CRIT\d"):
        yield one_meaning(table, "PARAMCD", text)
