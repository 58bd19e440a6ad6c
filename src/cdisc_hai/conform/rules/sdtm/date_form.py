"""Rule DATE-FORM."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.iso8601 import is_duration, is_moment
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


def _is_time(text: str) -> bool:
    return not text or is_moment(text)


def _is_length(text: str) -> bool:
    return not text or is_duration(text)


@rule(
    "DATE-FORM",
    "Dates and durations are written as ISO 8601.",
    mend="write what is known as 2023-03-15T08:05, and leave unknown parts out as in 2023-03",
    public=("SD0003", "CG0238"),
    told_by=("CONTRACT-DATE",),
)
def date_form(table: Table, folder: Folder) -> Iterator[Broken]:
    """Every --DTC, --STDTC and --ENDTC is a day that the calendar has, complete or partial, and
    every --DUR, --ELTM, --EVLINT and --TDUR a duration such as P3D (SDTMIG 4.4.1 to 4.4.3)."""
    for name in table.columns:
        if name.endswith("DTC"):
            bad = ~table.each(name, _is_time)
            yield Broken(name, bad, "is no date of the calendar as ISO 8601")
        elif name in [table.variable(f"--{part}") for part in ("DUR", "ELTM", "EVLINT")]:
            yield Broken(name, ~table.each(name, _is_length), "is no duration as ISO 8601")
