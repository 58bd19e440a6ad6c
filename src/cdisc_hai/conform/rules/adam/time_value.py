"""Rule TTE-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-VALUE",
    "A time in days is counted from STARTDT to ADT.",
    mend="count the days anew",
    standard="adam",
    kinds=("TTE",),
    needs=(
        "STARTDT",
        "ADT",
        "AVAL",
    ),
)
def time_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """AVAL is the difference of the dates, or that plus 1; where a unit says days or the
    parameter does not name another (ADaM BDS for time-to-event analyses)."""
    gap = table.number("ADT") - table.number("STARTDT")
    value = table.number("AVAL")
    days = table.says("AVALU", ("DAYS", "DAY")) | table.each(
        "PARAM", lambda text: "DAYS" in text.upper()
    )
    bad = days & value.notna() & gap.notna() & value.ne(gap) & value.ne(gap + 1)
    yield Broken("AVAL", bad, "is not the days from STARTDT to ADT", ("STARTDT", "ADT", "AVAL"))
