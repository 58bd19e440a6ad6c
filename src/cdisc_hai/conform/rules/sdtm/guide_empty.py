"""Rule GUIDE-EMPTY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-EMPTY",
    "A permissible variable that is empty throughout is left out.",
    mend="take the variable out",
    severity="note",
    public=("SD1078",),
)
def guide_empty(table: Table, folder: Folder) -> Iterator[Broken]:
    """A variable that is neither Required nor Expected says nothing when no record has a value
    (SDTMIG 3.2.1)."""
    for name, fact in facts_of(table, folder).items():
        spare = fact is not None and fact.core not in ("Req", "Exp")
        if spare and len(table.frame) and not table.filled(name).any():
            yield Broken(name, None, "is empty throughout", ())
