"""Rule END-REFERENCE-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import most_common
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "END-REFERENCE-ONE",
    "Records of a dataset refer to the same reference point.",
    mend="correct the reference point",
    severity="note",
    kinds=("EVENTS", "INTERVENTIONS"),
)
def reference_one(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ENTPT and --STTPT name a date or visit of the study (SDTMIG 4.4.7). Where nearly all
    records have one text, the few with another are told."""
    for name in ("--ENTPT", "--STTPT"):
        filled = table.filled(name)
        usual = table.is_in(name, (most_common(table, name),))
        bad = filled & ~usual
        if 0 < bad.sum() <= _FEW * filled.sum():
            yield Broken(name, bad, "is another reference point than the rest have")


_FEW = 0.05
