"""Rule TTE-CENSOR."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-CENSOR",
    "CNSR is 0 for an event and a whole number above for each way of censoring.",
    mend="write 0, 1, 2, ...",
    standard="adam",
    kinds=("TTE",),
)
def censor_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """CNSR is filled on every record (ADaM BDS for time-to-event analyses)."""
    value = table.number("CNSR")
    bad = value.isna() | value.lt(0) | value.ne(value.round())
    yield Broken("CNSR", bad, "is no whole number from 0 up")
