"""Rule TTE-EVENT-TEXT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-EVENT-TEXT",
    "Every time says how it ended.",
    mend="write EVNTDESC on every record",
    standard="adam",
    kinds=("TTE",),
    needs=("EVNTDESC",),
)
def event_text(table: Table, folder: Folder) -> Iterator[Broken]:
    """EVNTDESC describes the event or the censoring (ADaM BDS for time-to-event analyses)."""
    yield Broken("EVNTDESC", table.empty("EVNTDESC"), "is missing", ("USUBJID", "PARAMCD"))
