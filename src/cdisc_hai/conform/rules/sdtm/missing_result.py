"""Rule RESULT-MISSING."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-MISSING",
    "A record without a result says that the test was not done.",
    mend="write the result, or NOT DONE into --STAT and why into --REASND",
    kinds=("FINDINGS",),
    needs=("--ORRES",),
    public=("CORE-000200", "CG0348"),
)
def missing_result(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ORRES is empty only where --STAT is NOT DONE or the record was derived (SDTMIG 4.5.1.2)."""
    explained = table.is_in("--STAT", ("NOT DONE",)) | table.is_in("--DRVFL", ("Y",))
    yield Broken("--ORRES", table.empty("--ORRES") & ~explained, "and not NOT DONE", ("--TESTCD",))
