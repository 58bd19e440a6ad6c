"""Rule STAT-RESULT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_RESULTS = ("--ORRES", "--STRESC", "--STRESN")


@rule(
    "STAT-RESULT",
    "What was not done has no result.",
    mend="take --STAT out, or the result",
    kinds=("FINDINGS",),
    needs=("--STAT",),
    public=("SD1123",),
)
def result_and_not_done(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ORRES, --STRESC and --STRESN are empty where --STAT says NOT DONE (SDTMIG 4.5.1.2);
    not evaluable is a result, and no reason for NOT DONE."""
    skipped = table.is_in("--STAT", ("NOT DONE",))
    for name in _RESULTS:
        yield Broken(name, skipped & table.filled(name), "is a result of what was NOT DONE")
