"""Rule ADSL-DEATH-FLAG."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-DEATH-FLAG",
    "DTHFL is Y or empty.",
    mend="write Y for a subject who died, and leave it empty for the others",
    standard="adam",
    kinds=("ADSL",),
    needs=("DTHFL",),
)
def death_flag(table: Table, folder: Folder) -> Iterator[Broken]:
    """The flag comes from DM, where only Y is a value (SDTMIG 5.2)."""
    yield Broken("DTHFL", ~table.is_in("DTHFL", ("Y", "")), "is neither Y nor empty")
