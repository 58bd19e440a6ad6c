"""Rule REFERENCE-ALIKE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("RFSTDTC", "RFXSTDTC"), ("RFENDTC", "RFXENDTC"))
_MOST = 0.95
_ENOUGH = 20


@rule(
    "REFERENCE-ALIKE",
    "Reference dates are defined alike for all subjects.",
    mend="derive the date by the study's definition",
    severity="warning",
    datasets=("DM",),
    needs=("USUBJID",),
)
def reference_alike(table: Table, folder: Folder) -> Iterator[Broken]:
    """The sponsor defines RFSTDTC and RFENDTC (SDTMIG 5.2). Where they are the first and last
    exposure of nearly all subjects who have one, those of the few others are told."""
    for name, other in _PAIRS:
        known = table.filled(name) & table.filled(other)
        bad = known & table.text(name).ne(table.text(other))
        if known.sum() >= _ENOUGH and bad.sum() <= (1 - _MOST) * known.sum():
            yield Broken(name, bad, f"is {other} for nearly all others", (name, other))
