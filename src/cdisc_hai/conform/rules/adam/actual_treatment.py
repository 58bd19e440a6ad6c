"""Rule ADSL-ACTUAL."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-ACTUAL",
    "A treated subject has an actual treatment.",
    mend="write TRT01A, or correct SAFFL",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "SAFFL",
        "TRT01A",
    ),
)
def actual_treatment(table: Table, folder: Folder) -> Iterator[Broken]:
    """The safety population is analysed by actual treatment (ADaMIG 1.3)."""
    bad = table.is_in("SAFFL", ("Y",)) & table.empty("TRT01A")
    yield Broken("TRT01A", bad, "is missing, but SAFFL is Y", ("SAFFL",))
