"""Rule OCC-WORST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-WORST",
    "An occurrence flag stands on a treatment-emergent record.",
    mend="flag among the treatment-emergent records only",
    standard="adam",
    kinds=("OCCDS",),
    severity="note",
    needs=("TRTEMFL",),
)
def worst_among_emergent(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where a dataset has TRTEMFL the occurrence flags are asked of treatment-emergent records
    (ADaM OCCDS)."""
    for flag in matching(table, r"AOCC(P|S)?I?FL"):
        bad = table.is_in(flag, ("Y",)) & ~table.is_in("TRTEMFL", ("Y",))
        yield Broken(flag, bad, "is Y, but TRTEMFL is not")
