"""Rule VISIT-OCCURRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "VISIT-OCCURRED",
    "A planned visit took place or not, and only one that did not has a reason.",
    mend="fill SVOCCUR for planned visits, and SVREASOC where it is N",
    datasets=("SV",),
    needs=("SVPRESP",),
    public=("CORE-000037", "CORE-000038", "CORE-000035", "CG0653", "CG0654", "CG0658"),
)
def visit_occurred(table: Table, folder: Folder) -> Iterator[Broken]:
    """SVPRESP is Y or empty; SVOCCUR is Y or N where it is Y, and empty elsewhere; SVREASOC stands
    with N alone (SDTMIG 5.5)."""
    planned = table.is_in("SVPRESP", ("Y",))
    yield Broken("SVPRESP", ~table.is_in("SVPRESP", ("", "Y")), "is neither Y nor empty")
    extra = table.filled("SVOCCUR") & ~planned
    quotes = ("SVPRESP", "SVOCCUR", "VISITNUM")
    yield Broken("SVOCCUR", extra, "is answered for a visit that was not planned", quotes)
    if table.has("SVOCCUR"):
        lacks = planned & ~table.is_in("SVOCCUR", ("Y", "N"))
        yield Broken("SVOCCUR", lacks, "does not say whether the visit took place", quotes)
    reason = table.filled("SVREASOC") & ~table.is_in("SVOCCUR", ("N",))
    yield Broken("SVREASOC", reason, "is a reason, but SVOCCUR is not N", ("SVREASOC", "SVOCCUR"))
