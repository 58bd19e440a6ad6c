"""Rule BDS-UNIT."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-UNIT",
    "A parameter has one unit.",
    mend="convert the values to one unit, or make two parameters; give the unit that is missing",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("PARAMCD",),
)
def analysis_unit(table: Table, folder: Folder) -> Iterator[Broken]:
    """AVAL of a parameter is in the unit that PARAM names (ADaMIG 1.3); AVALU and other unit
    variables do not change within it, and no value is without the unit that others of its
    parameter have. Records of one drug (--TRT) are held together."""
    drug = tuple(matching(table, r"[A-Z]{2}TRT"))
    group = table.group("PARAMCD", *drug)
    for name in matching(table, r"AVALU|[A-Z]{2}STRESU"):
        codes = pd.Series(table.spelled(name)[0], index=table.frame.index).where(table.filled(name))
        bad = codes.notna() & codes.groupby(group).transform("nunique").gt(1)
        yield Broken(name, bad, "is one of several units of the parameter", ("PARAMCD", name))
        if name == "AVALU" and table.has("AVAL"):
            others = table.filled(name).groupby(group).transform("any")
            bare = table.filled("AVAL") & table.empty(name) & others
            yield Broken(name, bare, "is empty beside a value", ("PARAMCD", "AVAL"))
