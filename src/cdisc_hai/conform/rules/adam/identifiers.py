"""Rule ADAM-REQUIRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-REQUIRED",
    "An analysis dataset has STUDYID and USUBJID.",
    mend="add the variable",
    standard="adam",
)
def identifiers(table: Table, folder: Folder) -> Iterator[Broken]:
    """Both are Required in every structure (ADaMIG 1.3)."""
    for name in ("STUDYID", "USUBJID"):
        if not table.has(name):
            yield Broken(name, None, "is required and is not there")
        else:
            yield Broken(name, table.empty(name), "is missing")
