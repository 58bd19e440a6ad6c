"""Rule SUPP-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SUPP-ONCE",
    "A record has a supplemental qualifier once, with a value.",
    mend="take the repeated or empty qualifier out",
    datasets=("SUPP*", "SQ*"),
    needs=("QNAM", "USUBJID"),
    public=("CORE-000203", "CG0411"),
)
def qualifier_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """RDOMAIN, USUBJID, IDVAR, IDVARVAL and QNAM tell one record (SDTMIG 8.4), whose QVAL is
    filled."""
    same = table.group("RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "QNAM")
    quotes = ("USUBJID", "IDVAR", "IDVARVAL", "QNAM")
    yield Broken("QNAM", how_many(same.ge(0), same).gt(1), "stands more than once", quotes)
    yield Broken("QNAM", table.empty("QNAM"), "is missing", quotes)
    yield Broken("QLABEL", table.empty("QLABEL"), "is missing", quotes)
    yield Broken("QVAL", table.empty("QVAL"), "has no value", quotes)
