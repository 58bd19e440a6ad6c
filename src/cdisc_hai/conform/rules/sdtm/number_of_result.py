"""Rule RESULT-NUMBER."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-NUMBER",
    "The numeric result is the number that the standard result says.",
    mend="derive --STRESN from --STRESC",
    kinds=("FINDINGS",),
    needs=("--STRESC", "--STRESN"),
    public=(
        "CORE-000542",
        "FB3102",
    ),
)
def number_of_result(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where --STRESC is a number, --STRESN is the same one; where it is none (a word, or a value
    with a sign such as <0.5), --STRESN is empty (SDTMIG 4.5.1.1)."""
    says, told = number_of(table, "--STRESC"), table.number("--STRESN")
    quotes = ("--STRESC", "--STRESN")
    other = says.notna() & ~np.isclose(says, told, rtol=1e-9, atol=0)
    yield Broken("--STRESN", other, "are not the same number", quotes)
    extra = told.notna() & says.isna()
    yield Broken("--STRESN", extra, "has a number, but no numeric --STRESC", quotes)
