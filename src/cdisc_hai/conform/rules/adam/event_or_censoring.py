"""Rule TTE-EVENT-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-EVENT-ONE",
    "A description is that of an event or of a censoring.",
    mend="give events and censorings texts of their own",
    standard="adam",
    kinds=("TTE",),
    severity="warning",
    needs=(
        "PARAMCD",
        "EVNTDESC",
    ),
)
def event_or_censoring(table: Table, folder: Folder) -> Iterator[Broken]:
    """Within a parameter one text of EVNTDESC does not stand with CNSR 0 and with another
    value."""
    group, event = table.group("PARAMCD", "EVNTDESC"), table.number("CNSR").eq(0)
    there = table.filled("EVNTDESC") & table.filled("CNSR")
    bad = there & how_many(there & event, group).gt(0) & how_many(there & ~event, group).gt(0)
    yield Broken("EVNTDESC", bad, "describes events and censorings", ("PARAMCD", "EVNTDESC"))
