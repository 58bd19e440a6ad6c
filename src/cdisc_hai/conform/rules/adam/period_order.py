"""Rule ADSL-PERIOD-ORDER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-PERIOD-ORDER",
    "A treatment or period does not end before it starts.",
    mend="correct the start or the end",
    standard="adam",
    kinds=("ADSL",),
)
def period_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRTSDT and TRTEDT, TRxxSDT and TRxxEDT, APxxSDT and APxxEDT are starts and ends (ADaMIG
    1.3)."""
    for name in matching(table, r"TRTSDTM?|TR\d\dSDTM?|AP\d\dSDTM?"):
        end = name.replace("SDT", "EDT")
        if table.has(end):
            bad = table.number(end) < table.number(name)
            yield Broken(end, bad, f"lies before {name}", (name, end))
