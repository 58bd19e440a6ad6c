"""Rule ADSL-DURATION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-DURATION",
    "TRTDURD counts the days from TRTSDT to TRTEDT.",
    mend="count the days anew, first and last included, or describe the other way",
    standard="adam",
    kinds=("ADSL",),
    severity="warning",
    needs=(
        "TRTSDT",
        "TRTEDT",
        "TRTDURD",
    ),
)
def treatment_duration(table: Table, folder: Folder) -> Iterator[Broken]:
    """Total treatment duration in days; most producers count both ends (ADaMIG 1.3)."""
    days = table.number("TRTEDT") - table.number("TRTSDT") + 1
    told = table.number("TRTDURD")
    bad = told.notna() & days.notna() & told.ne(days)
    yield Broken(
        "TRTDURD", bad, "is not the days from TRTSDT to TRTEDT", ("TRTDURD", "days"), {"days": days}
    )
