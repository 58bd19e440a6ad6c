"""Rule ADAM-DATE-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_RANGE = (-21914, 51500)


@rule(
    "ADAM-DATE-VALUE",
    "An analysis date is a whole day of the years 1900 to 2100.",
    mend="correct the date; days are counted from 1960-01-01",
    standard="adam",
)
def date_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """SAS dates are whole days; a datetime or a year in a date variable shows as an odd value."""
    for name in matching(table, r"\w*DT"):
        if table.numeric(name):
            day = table.number(name)
            bad = day.notna() & (day.ne(day.round()) | ~day.between(*_RANGE))
            yield Broken(name, bad, "is no whole day from 1900 to 2100, counted from 1960-01-01")
