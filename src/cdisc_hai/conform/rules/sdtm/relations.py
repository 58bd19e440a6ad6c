"""Rule RELREC-PARENT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.parents import pointed_at
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RELREC-PARENT",
    "A relation leads to records that are there.",
    mend="correct RDOMAIN, IDVAR and IDVARVAL, or take the relation out",
    datasets=("RELREC",),
    needs=("RDOMAIN", "IDVAR", "RELID"),
    public=(
        "CORE-000136",
        "CORE-000202",
        "CORE-000206",
        "CORE-000384",
        "CORE-000484",
        "CG0200",
        "CG0201",
        "CG0374",
        "CG0419",
        "SD0072",
    ),
)
def relations(table: Table, folder: Folder) -> Iterator[Broken]:
    """RDOMAIN is a dataset of the folder and IDVAR one of its variables; IDVARVAL is a value of the
    subject's, and empty where whole datasets are related, which RELTYPE tells. RELID joins at
    least two records (SDTMIG 8.2, 8.3)."""
    there, has = table.none(), table.none()
    for domain, variable in _places(table):
        rows = table.is_in("RDOMAIN", (domain,)) & table.is_in("IDVAR", (variable,))
        there |= rows & (domain in folder.tables)
        has |= rows & folder.has(domain, variable)
    yield Broken("RDOMAIN", ~there, "is no dataset here")
    quotes = ("RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "RELID")
    yield Broken("IDVAR", there & ~has, "is no variable of the dataset", ("RDOMAIN", "IDVAR"))
    valued = table.filled("IDVARVAL")
    bad = valued & has & ~pointed_at(table, folder)
    yield Broken("IDVARVAL", bad, "has no record", quotes)
    typed = table.filled("RELTYPE")
    yield Broken("RELTYPE", typed & valued, "tells how many of one record", (*quotes, "RELTYPE"))
    yield Broken("RELTYPE", ~typed & ~valued, "does not tell how datasets are related", quotes)
    other = typed & ~table.is_in("RELTYPE", ("ONE", "MANY"))
    yield Broken("RELTYPE", other, "is neither ONE nor MANY")
    same = table.group("USUBJID", "RELID")
    lone = how_many(same.ge(0), same).lt(2)
    yield Broken("RELID", lone, "joins nothing", ("USUBJID", "RELID"))


def _places(table: Table) -> list[tuple[str, str]]:
    return [(d, v) for d in table.distinct("RDOMAIN") for v in ["", *table.distinct("IDVAR")]]
