"""Rule TRIAL-ELEMENTS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TRIAL-ELEMENTS",
    "The trial's arms, elements and visits fit together.",
    mend="complete TE, TA and TV from the protocol",
    datasets=("TE", "TA"),
    public=("CORE-000027", "CG0328", "CG0329"),
)
def elements_rules(table: Table, folder: Folder) -> Iterator[Broken]:
    """An element of TE is used in TA, has a rule for its start and one for its end or a duration;
    in TA every arm has one epoch for an order, the same in all arms where the others agree
    (SDTMIG 7.2.1, 7.2.2)."""
    ta = folder.get("TA")
    if table.prefix == "TE":
        if ta.has("ETCD"):
            bad = table.filled("ETCD") & ~among(table, ("ETCD",), ta)
            yield Broken("ETCD", bad, "is in no arm of the trial (TA)")
        if table.has("TESTRL"):
            yield Broken("TESTRL", table.empty("TESTRL"), "has no rule for its start", ("ETCD",))
        ends = table.filled("TEENRL") | table.filled("TEDUR")
        yield Broken("TEENRL", ~ends, "has neither a rule for its end nor a duration", ("ETCD",))
    elif table.has("EPOCH"):
        yield one_meaning(table, "ETCD", "EPOCH")
