"""Rule OCC-DATE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-DATE",
    "An analysis date is the collected date, where that is complete.",
    mend="derive the date from --STDTC or --ENDTC",
    standard="adam",
    kinds=("OCCDS",),
)
def occurrence_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """ASTDT comes from --STDTC and AENDT from --ENDTC; only what is partial is imputed (ADaM
    OCCDS)."""
    for name in matching(table, r"[A-Z]{2}(ST|EN)DTC"):
        date = f"A{name[2:6]}"
        if table.has(date):
            day = table.day(name)
            bad = day.notna() & table.filled(date) & day.ne(table.number(date))
            yield Broken(date, bad, f"is another day than {name}", (name, date))
