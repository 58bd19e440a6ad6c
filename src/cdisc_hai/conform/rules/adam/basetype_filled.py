"""Rule BDS-BASETYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASETYPE",
    "BASETYPE stands on all records of a parameter, or on none.",
    mend="write BASETYPE on every record of the parameter",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "PARAMCD",
        "BASETYPE",
    ),
)
def basetype_filled(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where a parameter has more than one kind of baseline each record says which is meant
    (ADaMIG 1.3)."""
    there = table.filled("BASETYPE")
    bad = ~there & how_many(there, table.group("PARAMCD")).gt(0)
    yield Broken(
        "BASETYPE", bad, "is missing, and there on other records of the parameter", ("PARAMCD",)
    )
