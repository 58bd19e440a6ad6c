"""Rule RANDOMIZED-ARM."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RANDOMIZED-ARM",
    "A randomized subject has a planned arm, and one with a planned arm was randomized.",
    mend="correct ARMCD in DM, or the record RANDOMIZED in DS",
    datasets=("DM",),
    needs=("USUBJID", "ARMCD", "DS.DSDECOD"),
)
def randomised_arm(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where DS has records RANDOMIZED, it has one for every subject with ARMCD and for no other
    (SDTMIG 5.2, 6.2.4), and one of a subject."""
    ds = folder.get("DS")
    drawn = ds.is_in("DSDECOD", ("RANDOMIZED",))
    if not drawn.any():
        return
    told = among(table, ("USUBJID",), ds, where=drawn)
    lacks = told & table.empty("ARMCD")
    yield Broken("ARMCD", lacks, "is empty, but the subject was randomized", ("USUBJID",))
    extra = table.filled("ARMCD") & ~told
    yield Broken("ARMCD", extra, "and not randomized in DS", ("USUBJID", "ARMCD"))
