"""Rule ADSL-TREATED-DATE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-TREATED-DATE",
    "A treated subject has a date of first exposure.",
    mend="write TRTSDT, or correct SAFFL",
    standard="adam",
    kinds=("ADSL",),
    severity="warning",
    needs=(
        "SAFFL",
        "TRTSDT",
    ),
)
def treated_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRTSDT is the origin of study days and of treatment emergence (ADaMIG 1.3)."""
    bad = table.is_in("SAFFL", ("Y",)) & table.empty("TRTSDT")
    yield Broken("TRTSDT", bad, "is missing, but SAFFL is Y", ("SAFFL",))
