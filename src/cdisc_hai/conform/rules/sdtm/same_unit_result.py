"""Rule RESULT-UNCHANGED."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-UNCHANGED",
    "A result whose unit is the standard unit is not changed.",
    mend="write the collected number into --STRESC, or correct the unit",
    kinds=("FINDINGS",),
    needs=("--ORRES", "--STRESC", "--ORRESU", "--STRESU"),
)
def same_unit_result(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where --ORRESU and --STRESU are the same unit, the numbers in --ORRES and --STRESC are the
    same to the digits that are kept (SDTMIG 4.5.1.1)."""
    collected, standard = number_of(table, "--ORRES"), number_of(table, "--STRESC")
    same = table.filled("--ORRESU") & table.text("--ORRESU").eq(table.text("--STRESU"))
    step = _half_step(table, "--STRESC")
    bad = same & (collected - standard).abs().gt(step + 1e-9 * collected.abs())
    quotes = ("--ORRES", "--STRESC", "--ORRESU")
    yield Broken("--ORRES", bad, "are different numbers in one unit", quotes)


def _half_step(table: Table, name: str) -> pd.Series:
    """Half of the last digit that is written; nothing for whole numbers."""
    codes, distinct = table.spelled(name)
    parts = [text.partition(".")[2] for text in distinct]
    steps = np.array([0.5 * 10.0 ** -len(part) if part else 0.0 for part in parts])
    return pd.Series(steps[codes], index=table.frame.index)
