"""Rule TTE-ORIGIN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-ORIGIN",
    "An event or censoring does not lie before the origin.",
    mend="correct the origin or the date",
    standard="adam",
    kinds=("TTE",),
    needs=(
        "STARTDT",
        "ADT",
    ),
)
def event_after_origin(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADT is not before STARTDT (ADaM BDS for time-to-event analyses)."""
    bad = table.number("ADT") < table.number("STARTDT")
    yield Broken("ADT", bad, "lies before STARTDT", ("STARTDT", "ADT"))
