"""Rule VISIT-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "VISIT-ONCE",
    "A subject has a planned visit once.",
    mend="give an unscheduled visit a number of its own",
    datasets=("SV",),
    needs=("USUBJID", "VISITNUM"),
    public=("CORE-000204", "CG0410"),
)
def visit_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """USUBJID and VISITNUM tell one record of SV (SDTMIG 5.5)."""
    known = table.filled("VISITNUM")
    bad = known & how_many(known, table.group("USUBJID", "VISITNUM")).gt(1)
    yield Broken("VISITNUM", bad, "stands in more than one record", ("USUBJID", "VISITNUM"))
