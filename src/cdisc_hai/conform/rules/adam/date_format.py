"""Rule ADAM-DATE-FORMAT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_SHOWN = re.compile(
    "IS8601|E8601|B8601|N8601|DATE|DDMMYY|MMDDYY|YYMM|MMYY|TIME|TOD|HHMM|JULIAN"
    "|WEEKDAT|WORDDAT|DTDATE|NLDAT|NLTIM"
)


@rule(
    "ADAM-DATE-FORMAT",
    "A date, datetime or time has a format that shows it as one.",
    mend="give the variable a format such as DATE9., E8601DT. or TIME5.",
    standard="adam",
    severity="warning",
)
def date_format(table: Table, folder: Folder) -> Iterator[Broken]:
    """Without a format a reader of the file sees a number of days or seconds (ADaMIG 1.3)."""
    if table.header is not None:
        for name in matching(table, r"\w*DT|\w*DTM|A(ST|EN)?TM"):
            shown = table.header.formats.get(name, "").upper()
            if table.numeric(name) and not _SHOWN.match(shown):
                yield Broken(name, None, "is a date or time without a format that shows it")
