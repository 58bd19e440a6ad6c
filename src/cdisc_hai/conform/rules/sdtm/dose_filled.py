"""Rule DOSE-FILLED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DOSE-FILLED",
    "What was given has a dose with its unit, and what was not has none.",
    mend="write the dose and its unit; tell what was not given in EC with ECOCCUR N",
    datasets=("EX", "EC"),
    public=(
        "CORE-000004",
        "CORE-000005",
        "CORE-000092",
        "CORE-000093",
        "CORE-000094",
        "CORE-000137",
        "CORE-000217",
        "CORE-000308",
        "CG0100",
        "CG0101",
        "CG0102",
        "CG0110",
        "CG0111",
        "CG0112",
        "CG0114",
        "CG0462",
        "FB4002",
    ),
)
def dose_filled(table: Table, folder: Folder) -> Iterator[Broken]:
    """EX and, where ECOCCUR is not N, EC have a dose (--DOSE above 0, or --DOSTXT), which has a
    unit; 0 is a dose of placebo alone (SDTMIG 6.1.3)."""
    dose, text = table.number("--DOSE"), table.filled("--DOSTXT")
    not_given = table.is_in("--OCCUR", ("N",)) | table.is_in("--STAT", ("NOT DONE",))
    yield Broken("--DOSE", dose.isna() & ~text & ~not_given, "has no dose", ("--TRT",))
    yield Broken("--DOSE", dose.notna() & text, "stands beside --DOSTXT", ("--DOSE", "--DOSTXT"))
    yield Broken("--DOSE", dose.lt(0), "is below 0")
    placebo = table.says("--TRT", ("PLACEBO",))
    zero = dose.eq(0) & ~placebo & ~not_given
    yield Broken("--DOSE", zero, "is no dose of an active drug", ("--TRT", "--DOSE"))
    given = dose.gt(0) & table.is_in("--OCCUR", ("N",))
    yield Broken("--DOSE", given, "is a dose of what was not given", ("--OCCUR", "--DOSE"))
    lacks = (dose.notna() | text) & table.empty("--DOSU")
    yield Broken("--DOSU", lacks, "is a dose without a unit", ("--DOSE",))
