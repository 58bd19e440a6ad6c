"""Rule BDS-SOURCE-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-SOURCE-ALONE",
    "A source variable or number stands beside its dataset.",
    mend="write SRCDOM, or take SRCVAR and SRCSEQ out",
    standard="adam",
    kinds=("BDS", "TTE"),
)
def source_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """A number or name without the dataset leads nowhere (ADaMIG 1.3)."""
    for name in ("SRCVAR", "SRCSEQ"):
        bad = table.filled(name) & table.empty("SRCDOM")
        yield Broken(name, bad, "is a source, but SRCDOM is missing")
