"""Rule VISIT-TV."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PLANNED = 0.5


@rule(
    "VISIT-TV",
    "A planned visit is one of the trial's visits, by number, name and planned day.",
    mend="take visits from TV; give unscheduled ones a number of their own",
    needs=("VISITNUM", "TV.VISITNUM"),
    public=(
        "CORE-000269",
        "CORE-000270",
        "CORE-000249",
        "CORE-000140",
        "CORE-000036",
        "CORE-000039",
        "CORE-000040",
        "CG0031",
        "CG0032",
        "CG0033",
        "CG0225",
        "CG0655",
        "CG0656",
        "CG0657",
    ),
)
def visit_in_tv(table: Table, folder: Folder) -> Iterator[Broken]:
    """In SV a visit is planned (SVPRESP Y) exactly when its number is in TV; in every dataset a
    number that TV has stands with TV's name and planned day (SDTMIG 5.5, 7.3.1)."""
    tv = folder.get("TV")
    if table is tv:
        return
    planned = beside(table, tv, ("VISITNUM",))
    if table.prefix == "SV" and table.has("SVPRESP"):
        yes = table.is_in("SVPRESP", ("Y",))
        says = "is said to be planned, and not in TV"
        yield Broken("VISITNUM", yes & ~planned.found, says, ("VISITNUM", "VISIT"))
        says = "is in TV, and not said to be planned"
        yield Broken("SVPRESP", planned.found & ~yes, says, ("VISITNUM", "SVPRESP"))
    if table.has("VISIT") and tv.has("VISIT"):
        bad = planned.found & table.filled("VISIT") & table.text("VISIT").ne(planned.text("VISIT"))
        yield Broken("VISIT", bad, "is not the name in TV", ("VISITNUM", "VISIT"))
    if table.has("VISITDY"):
        day, right = table.number("VISITDY"), planned.number("VISITDY")
        bad = day.notna() & day.ne(right)
        yield Broken("VISITDY", bad, "is not the planned day in TV", ("VISITNUM", "VISITDY"))
