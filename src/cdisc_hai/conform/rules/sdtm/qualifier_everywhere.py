"""Rule SUPP-EVERYWHERE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_MOST = 0.98


@rule(
    "SUPP-EVERYWHERE",
    "A qualifier that nearly every parent record has is there for all of them.",
    mend="add the qualifier that is lacking, or correct the QNAM or IDVARVAL of another",
    severity="note",
    datasets=("SUPP*", "SQ*"),
    needs=("QNAM", "USUBJID", "IDVAR", "IDVARVAL"),
)
def qualifier_everywhere(table: Table, folder: Folder) -> Iterator[Broken]:
    """A QNAM that stands seldom, beside one that nearly all records of the parent have (SDTMIG 8.4
    asks for neither), is told where its record lacks the common one: one of the two names is
    probably wrong."""
    record = table.group("RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL")
    name = table.group("RDOMAIN", "IDVAR", "QNAM")
    n = name.groupby(name).transform("size")
    kinds = table.group("RDOMAIN", "IDVAR")
    all_records = record.groupby(kinds).transform("nunique")
    common, seldom = n.ge(_MOST * all_records), n.le((1 - _MOST) * all_records)
    names = table.text("QNAM").where(common).groupby(kinds).transform("nunique")
    has = how_many(common, record)
    bad = seldom & has.lt(names)
    quotes = ("USUBJID", "IDVARVAL", "QNAM")
    yield Broken("QNAM", bad, "stands where another qualifier is lacking", quotes)
