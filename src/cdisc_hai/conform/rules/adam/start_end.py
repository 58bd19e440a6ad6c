"""Rule ADAM-START-END."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-START-END",
    "An analysis interval does not end before it starts.",
    mend="correct the start or the end, or say why it is kept",
    standard="adam",
    severity="warning",
)
def start_end(table: Table, folder: Folder) -> Iterator[Broken]:
    """ASTDT and AENDT, ASTDTM and AENDTM are starts and ends (ADaMIG 1.3). Collected faults
    that are kept show here."""
    for start, end in (("ASTDT", "AENDT"), ("ASTDTM", "AENDTM")):
        if table.has(start, end):
            bad = table.number(end) < table.number(start)
            yield Broken(end, bad, f"lies before {start}", (start, end))
