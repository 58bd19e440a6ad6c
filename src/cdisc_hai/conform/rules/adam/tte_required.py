"""Rule TTE-REQUIRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-REQUIRED",
    "A time-to-event dataset has AVAL, CNSR and the date of origin.",
    mend="add the variable",
    standard="adam",
    kinds=("TTE",),
)
def tte_required(table: Table, folder: Folder) -> Iterator[Broken]:
    """AVAL and CNSR are Required, STARTDT (or STARTDTM) tells the origin (ADaM BDS for time-to-
    event analyses)."""
    for name in ("AVAL", "CNSR"):
        if not table.has(name):
            yield Broken(name, None, "is required for time to event and is not there")
    if not table.has("STARTDT") and not table.has("STARTDTM"):
        yield Broken("STARTDT", None, "is not there: the origin of the times is not told")
