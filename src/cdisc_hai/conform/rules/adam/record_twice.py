"""Rule BDS-TWICE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-TWICE",
    "No record stands twice.",
    mend="keep one of the records",
    standard="adam",
    kinds=("BDS", "TTE"),
    severity="warning",
    needs=(
        "USUBJID",
        "PARAMCD",
        "AVAL",
    ),
)
def record_twice(table: Table, folder: Folder) -> Iterator[Broken]:
    """Two records of one subject and parameter that differ in nothing but sequence numbers are
    counted twice in an analysis."""
    names = [name for name in table.columns if not name.endswith("SEQ")]
    same = table.group(*names).duplicated(keep=False)
    yield Broken("PARAMCD", same, "stands in a record that is there twice", ("USUBJID", "PARAMCD"))
