"""Rule ADAM-DATE-TYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-DATE-TYPE",
    "An analysis date or time is a number.",
    mend="write the date as a number, and the collected text as --DTC",
    standard="adam",
    public=("AD0060",),
)
def date_type(table: Table, folder: Folder) -> Iterator[Broken]:
    """Names that end in DT, DTM or TM hold numeric dates, datetimes and times (ADaMIG 1.3)."""
    for name in matching(table, r"\w*DT|\w*DTM|A(ST|EN)?TM"):
        if not table.numeric(name) and table.filled(name).any():
            yield Broken(name, None, "holds texts; dates and times of analysis are numbers")
