"""Rule UNIT-MISSING."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import highest
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--ORRESU", "--ORRES"), ("--STRESU", "--STRESC"))


@rule(
    "UNIT-MISSING",
    "A number has a unit where the test has one.",
    mend="write the unit in which it was measured",
    kinds=("FINDINGS",),
    needs=("--TESTCD",),
    public=("SD0026", "SD0029"),
)
def missing_unit(table: Table, folder: Folder) -> Iterator[Broken]:
    """A numeric result without a unit is told where other results of the test have one
    (SDTMIG 4.5.1.1); a score or a ratio has none throughout."""
    test = table.group("--TESTCD", *(n for n in ("--CAT", "--SPEC") if table.has(n)))
    for unit, result in _PAIRS:
        if table.has(unit, result):
            has = highest(table.filled(unit).astype(int), test).eq(1)
            bad = has & number_of(table, result).notna() & table.empty(unit)
            yield Broken(unit, bad, "has no unit", ("--TESTCD", result))
