"""Rule ADSL-RANDOMISED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-RANDOMISED",
    "RANDFL is Y for just those subjects who have RANDDT.",
    mend="correct RANDFL or RANDDT",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "RANDFL",
        "RANDDT",
    ),
)
def randomised_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """RANDFL marks the randomised, RANDDT says when (ADaMIG 1.3)."""
    bad = table.is_in("RANDFL", ("Y",)) != table.filled("RANDDT")
    yield Broken("RANDDT", bad, "does not go with RANDFL", ("RANDFL", "RANDDT"))
