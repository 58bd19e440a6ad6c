"""Rule OCC-EMERGENT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-EMERGENT",
    "A treatment-emergent event does not start before treatment.",
    mend="correct TRTEMFL or the start",
    standard="adam",
    kinds=("OCCDS",),
    severity="warning",
    needs=(
        "TRTEMFL",
        "ASTDT",
        "TRTSDT",
    ),
)
def emergent_start(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRTEMFL is Y from the first dose on (ADaM OCCDS); a worsening that is kept in the first
    record needs an explanation."""
    bad = table.is_in("TRTEMFL", ("Y",)) & (table.number("ASTDT") < table.number("TRTSDT"))
    yield Broken("TRTEMFL", bad, "is Y, but ASTDT lies before TRTSDT", ("ASTDT", "TRTSDT"))
