"""Rule OCC-DURATION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-DURATION",
    "A duration has its unit, and one in days is counted from start to end.",
    mend="count the days anew, first and last included, describe the other way, or give the unit",
    standard="adam",
    kinds=("OCCDS",),
    severity="warning",
    needs=(
        "ASTDT",
        "AENDT",
        "ADURN",
        "ADURU",
    ),
)
def occurrence_duration(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADURN has a unit (ADURU), and goes from ASTDT to AENDT where that is days (ADaM OCCDS)."""
    days = table.number("AENDT") - table.number("ASTDT") + 1
    told = table.number("ADURN")
    in_days = table.says("ADURU", ("DAYS", "DAY"))
    bad = in_days & told.notna() & days.notna() & told.ne(days)
    yield Broken("ADURN", bad, "is not the days from ASTDT to AENDT", ("ASTDT", "AENDT", "ADURN"))
    bare = told.notna() & table.empty("ADURU")
    yield Broken("ADURU", bare, "is empty beside a duration", ("ADURN",))
