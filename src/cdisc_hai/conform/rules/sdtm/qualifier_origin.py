"""Rule SUPP-ORIGIN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_ORIGINS = (
    "ASSIGNED", "CRF", "COLLECTED", "DERIVED", "EDT", "NOT AVAILABLE", "OTHER", "PREDECESSOR",
    "PROTOCOL", "EDC", "CLINICAL STUDY SPONSOR",
)  # fmt: skip


@rule(
    "SUPP-ORIGIN",
    "A supplemental qualifier says where it comes from, and who assigned it.",
    mend="write the origin as define.xml has it, and the evaluator of what was assigned",
    datasets=("SUPP*", "SQ*"),
    needs=("QORIG", "QNAM"),
    public=("CORE-000375", "CG0202"),
)
def qualifier_origin(table: Table, folder: Folder) -> Iterator[Broken]:
    """QORIG is one of the origins of Define-XML and the same for all records of a QNAM; what is
    ASSIGNED has QEVAL (SDTMIG 8.4)."""
    bad = ~table.says("QORIG", _ORIGINS)
    yield Broken("QORIG", bad, "is no origin")
    yield one_meaning(table, "QNAM", "QORIG", "RDOMAIN")
    lacks = table.says("QORIG", ("ASSIGNED",)) & table.empty("QEVAL")
    yield Broken("QEVAL", lacks, "is missing for what was assigned", ("QNAM", "QORIG"))
    if table.has("QEVAL"):
        filled = table.filled("QEVAL")
        share = filled.astype(float).groupby(table.group("RDOMAIN", "QNAM")).transform("mean")
        yield Broken(
            "QEVAL", filled & share.lt(_FEW), "is told for few of these", ("QNAM", "QEVAL")
        )
        few = ~filled & share.gt(1 - _FEW)
        yield Broken("QEVAL", few, "is told for nearly all others", ("QNAM",))


_FEW = 0.05
