"""Rule RESULT-STANDARD."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-STANDARD",
    "A result has its standard form.",
    mend="derive --STRESC from --ORRES",
    kinds=("FINDINGS",),
    needs=("--ORRES", "--STRESC"),
    public=(
        "CORE-000021",
        "CG0397",
    ),
)
def standard_result(table: Table, folder: Folder) -> Iterator[Broken]:
    """--STRESC holds every result, in the standard unit where there is one (SDTMIG 4.5.1.1)."""
    bad = table.filled("--ORRES") & table.empty("--STRESC")
    yield Broken("--STRESC", bad, "has no standard result", ("--ORRES",))
