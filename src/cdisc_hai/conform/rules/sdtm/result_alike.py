"""Rule RESULT-ALIKE."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-ALIKE",
    "A result in words is standardised alike throughout a test.",
    mend="derive --STRESC anew from --ORRES",
    kinds=("FINDINGS",),
    needs=("--TESTCD", "--ORRES", "--STRESC"),
)
def result_alike(table: Table, folder: Folder) -> Iterator[Broken]:
    """Within a test one --ORRES without unit that is no number has one --STRESC (SDTMIG 4.5.1.1).
    The rarer of two is told; several words may have the same standard result."""
    within = ("--TESTCD", *(name for name in ("--CAT",) if table.has(name)))
    found = one_meaning(table, "--ORRES", "--STRESC", *within)
    words = number_of(table, "--ORRES").isna() & table.empty("--ORRESU")
    bad = pd.Series(found.bad) & words
    yield Broken("--STRESC", bad, found.says, ("--TESTCD", "--ORRES", "--STRESC"))
