"""Rule BDS-PARAM-CATEGORY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PARAM-CATEGORY",
    "A parameter belongs to one category.",
    mend="give the parameter one category",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("PARAMCD",),
)
def param_category(table: Table, folder: Folder) -> Iterator[Broken]:
    """PARCATy groups parameters, so that each stands in one group of a level (ADaMIG 1.3). The
    rarer pairing is told."""
    for name in matching(table, r"PARCAT\d"):
        yield one_meaning(table, "PARAMCD", name)
