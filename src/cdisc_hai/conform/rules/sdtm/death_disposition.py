"""Rule DEATH-DISPOSED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-DISPOSED",
    "A subject who died has a disposition DEATH.",
    mend="add the record to DS, or take the death out of DM",
    datasets=("DM",),
    needs=("USUBJID", "DTHFL", "DS.DSDECOD"),
    public=("CORE-000679", "CORE-000251", "CG0067", "FB0608", "FB0614"),
)
def death_disposition(table: Table, folder: Folder) -> Iterator[Broken]:
    """DS has a record with DSDECOD DEATH for every subject with DTHFL Y (SDTMIG 6.2.4)."""
    ds = folder.get("DS")
    told = among(table, ("USUBJID",), ds, where=ds.is_in("DSDECOD", ("DEATH",)))
    bad = table.is_in("DTHFL", ("Y",)) & ~told
    yield Broken("DTHFL", bad, "but no record of DS has DSDECOD DEATH", ("USUBJID", "DTHFL"))
