"""Rule UNIT-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--ORRESU", "--ORRES"), ("--STRESU", "--STRESC"), ("--DOSU", "--DOSE"))


@rule(
    "UNIT-ALONE",
    "A unit stands beside a result or a dose.",
    mend="take the unit out, or write the result",
    kinds=("FINDINGS", "INTERVENTIONS"),
    public=("CG0426", "CORE-000133"),
)
def unit_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """A unit where nothing was measured or given (SDTMIG 4.5.1): --ORRESU without --ORRES,
    --STRESU without --STRESC, --DOSU without --DOSE, --DOSTXT or --DOSTOT."""
    for unit, result in _PAIRS:
        filled = table.filled(result)
        if result == "--DOSE":
            filled |= table.filled("--DOSTXT") | table.filled("--DOSTOT")
        yield Broken(unit, table.filled(unit) & ~filled, "is a unit without a result")
