"""Rule ADSL-DEATH-DATE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-DEATH-DATE",
    "A subject with a date of death is flagged as dead.",
    mend="flag the death, or take the date out",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "DTHFL",
        "DTHDT",
    ),
)
def death_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """DTHDT belongs to subjects whose DTHFL is Y (ADaMIG 1.3)."""
    bad = table.filled("DTHDT") & ~table.is_in("DTHFL", ("Y",))
    yield Broken("DTHDT", bad, "is a date of death, but DTHFL is not Y")
