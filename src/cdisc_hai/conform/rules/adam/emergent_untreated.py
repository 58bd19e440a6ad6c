"""Rule OCC-UNTREATED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-UNTREATED",
    "A subject without treatment has no treatment-emergent event.",
    mend="correct TRTEMFL",
    standard="adam",
    kinds=("OCCDS",),
    needs=(
        "TRTEMFL",
        "TRTSDT",
    ),
)
def emergent_untreated(table: Table, folder: Folder) -> Iterator[Broken]:
    """Nothing emerges under a treatment that was not given (ADaM OCCDS)."""
    bad = table.is_in("TRTEMFL", ("Y",)) & table.empty("TRTSDT")
    yield Broken("TRTEMFL", bad, "is Y, but the subject has no TRTSDT")
