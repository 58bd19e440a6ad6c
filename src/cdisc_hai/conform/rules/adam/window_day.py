"""Rule BDS-WINDOW-DAY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-WINDOW-DAY",
    "A record of a visit window lies in the window.",
    mend="correct the analysis visit",
    standard="adam",
    kinds=("BDS", "TTE"),
    severity="warning",
    needs=(
        "ADY",
        "AWLO",
        "AWHI",
    ),
)
def window_day(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADY lies from AWLO to AWHI where the window is told in days (ADaMIG 1.3); records with
    DTYPE are not judged."""
    day = table.number("ADY")
    out = (day < table.number("AWLO")) | (day > table.number("AWHI"))
    bad = out & table.says("AWU", ("", "DAYS", "DAY")) & table.empty("DTYPE")
    yield Broken("ADY", bad, "lies outside the visit window", ("AVISIT", "AWLO", "AWHI", "ADY"))
