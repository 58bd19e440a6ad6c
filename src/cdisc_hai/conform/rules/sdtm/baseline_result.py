"""Rule BASELINE-RESULT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BASELINE-RESULT",
    "A baseline flag is Y, on a record that has a result.",
    mend="take the flag out",
    kinds=("FINDINGS",),
    public=("CORE-000170", "CORE-000105", "CORE-000083", "CG0541", "CG0553", "CG0569", "FB2602"),
)
def baseline_result(table: Table, folder: Folder) -> Iterator[Broken]:
    """--LOBXFL and --BLFL are Y or empty, and Y only where --STRESC is filled (SDTMIG 4.5.9)."""
    for flag in ("--LOBXFL", "--BLFL"):
        if table.has(flag):
            yield Broken(flag, ~table.is_in(flag, ("", "Y")), "is neither Y nor empty")
            bare = table.is_in(flag, ("Y",)) & table.empty("--STRESC")
            yield Broken(flag, bare, "flags a record without a result", (flag, "--TESTCD"))
