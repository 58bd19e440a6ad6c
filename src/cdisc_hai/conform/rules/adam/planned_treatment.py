"""Rule ADSL-PLANNED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-PLANNED",
    "A randomised subject has a planned treatment.",
    mend="write TRT01P, or correct the population flag",
    standard="adam",
    kinds=("ADSL",),
)
def planned_treatment(table: Table, folder: Folder) -> Iterator[Broken]:
    """Subjects of ITTFL, FASFL and RANDFL are analysed by planned treatment (ADaMIG 1.3)."""
    for flag in ("RANDFL", "ITTFL", "FASFL"):
        if table.has(flag, "TRT01P"):
            bad = table.is_in(flag, ("Y",)) & table.empty("TRT01P")
            yield Broken("TRT01P", bad, f"is missing, but {flag} is Y", (flag,))
            return
