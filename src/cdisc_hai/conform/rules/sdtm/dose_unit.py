"""Rule DOSE-UNIT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DOSE-UNIT",
    "A dose has a unit, is not below 0, and stands in one variable.",
    mend="write the unit of the dose",
    severity="warning",
    kinds=("INTERVENTIONS",),
    needs=("--DOSU",),
    public=("CORE-000092", "CORE-000093", "CORE-000094", "CORE-000308", "CORE-000517", "CG0114"),
)
def dose_unit(table: Table, folder: Folder) -> Iterator[Broken]:
    """--DOSE, --DOSTXT or --DOSTOT has --DOSU; --DOSTXT is for doses that are no number (SDTMIG
    6.1.1). Exposure has rules of its own."""
    if table.prefix in ("EX", "EC"):
        return
    dosed = table.filled("--DOSE") | table.filled("--DOSTXT") | table.filled("--DOSTOT")
    quotes = ("--TRT", "--DOSE", "--DOSTXT")
    yield Broken("--DOSU", dosed & table.empty("--DOSU"), "is a dose without a unit", quotes)
    both = table.filled("--DOSE") & table.filled("--DOSTXT")
    yield Broken("--DOSTXT", both, "stands beside --DOSE", quotes)
    for name in ("--DOSE", "--DOSTOT"):
        yield Broken(name, table.number(name).lt(0), "is below 0")
