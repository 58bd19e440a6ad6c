"""Rule DEATH-FLAG."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-FLAG",
    "A death date has the death flag, and the flag a date.",
    mend="write DTHFL Y beside a death date; ask for the date where it is not known",
    datasets=("DM",),
    public=("CORE-000006", "CORE-000007", "CORE-000705", "CG0131", "CG0435", "FB0606", "FB0610"),
)
def death_flag(table: Table, folder: Folder) -> Iterator[Broken]:
    """DTHFL is Y or empty, and Y where DTHDTC is filled (SDTMIG 5.2); a year alone is a date."""
    yield Broken("DTHFL", ~table.is_in("DTHFL", ("", "Y")), "is neither Y nor empty")
    dead = table.is_in("DTHFL", ("Y",))
    bad = table.filled("DTHDTC") & ~dead
    yield Broken("DTHFL", bad, "is not Y although there is a death date", ("DTHFL", "DTHDTC"))
    if table.has("DTHDTC"):
        lacks = dead & table.empty("DTHDTC")
        yield Broken("DTHDTC", lacks, "and no date although DTHFL is Y", ("USUBJID",))
