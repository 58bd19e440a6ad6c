"""Rule GUIDE-TYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-TYPE",
    "A variable is text or number as the guide says.",
    mend="write the variable in the guide's type",
    public=(
        "CORE-001082",
        "CG0012",
    ),
    told_by=("CONTRACT-TYPE",),
)
def guide_type(table: Table, folder: Folder) -> Iterator[Broken]:
    """Char and Num are those of SDTMIG 3.4 and SDTM 2.0 (SDTMIG 3.2.2)."""
    for name, fact in facts_of(table, folder).items():
        if fact is not None and len(table.frame) and table.numeric(name) != (fact.type == "Num"):
            kind = "a number" if fact.type == "Num" else "text"
            yield Broken(name, None, f"is not {kind}, as the guide says", ())
