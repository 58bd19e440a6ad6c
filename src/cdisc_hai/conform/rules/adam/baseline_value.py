"""Rule BDS-BASELINE-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASELINE-VALUE",
    "A baseline record has a value.",
    mend="flag the last record that has a value",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("ABLFL",),
)
def baseline_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """The flagged record is the one whose value becomes BASE (ADaMIG 1.3)."""
    bad = table.is_in("ABLFL", ("Y",)) & table.empty("AVAL") & table.empty("AVALC")
    yield Broken("ABLFL", bad, "marks a record without value")
