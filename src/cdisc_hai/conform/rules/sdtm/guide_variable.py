"""Rule GUIDE-VARIABLE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-VARIABLE",
    "A dataset holds variables of the guide and its model alone.",
    mend="move the variable to supplemental qualifiers, or correct its name",
    public=("CORE-000550", "CORE-001079", "CG0013", "CG0351", "SD0058"),
    told_by=("CONTRACT-COLUMN",),
)
def guide_variable(table: Table, folder: Folder) -> Iterator[Broken]:
    """Every variable is one that SDTMIG 3.4 gives the dataset, or that SDTM 2.0 lets its class take
    (SDTMIG 3.2.1)."""
    for name, fact in facts_of(table, folder).items():
        if fact is None:
            yield Broken(name, None, "is no variable of the guide or its model", ())
