"""Rule ELEMENT-KNOWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ELEMENT-KNOWN",
    "An element is one of the trial's, in the place that the subject's arm gives it.",
    mend="take ETCD, TAETORD and EPOCH from TA; code what was not planned as UNPLAN",
    datasets=("SE", "TA"),
    needs=("ETCD",),
    public=(
        "CORE-000009",
        "CORE-000020",
        "CORE-000095",
        "CORE-000173",
        "CORE-000256",
        "CG0152",
        "CG0206",
        "CG0210",
        "CG0211",
        "CG0414",
    ),
)
def elements_known(table: Table, folder: Folder) -> Iterator[Broken]:
    """ETCD is in TE, and in SE stands with the TAETORD and EPOCH that TA gives it in some arm; an
    unplanned element (UNPLAN) has no name and no order, but a description (SDTMIG 5.3, 7.2)."""
    te, ta = folder.get("TE"), folder.get("TA")
    unplanned = table.is_in("ETCD", ("UNPLAN",))
    if te.has("ETCD"):
        bad = table.filled("ETCD") & ~unplanned & ~among(table, ("ETCD",), te)
        yield Broken("ETCD", bad, "is no element of the trial (TE)")
    if table.prefix != "SE":
        return
    for name in ("ELEMENT", "TAETORD"):
        bad = unplanned & table.filled(name)
        yield Broken(name, bad, "stands with an unplanned element", ("ETCD", name))
    yield Broken("SEUPDES", unplanned & table.empty("SEUPDES"), "and not described", ("ETCD",))
    extra = table.filled("SEUPDES") & ~unplanned
    yield Broken("SEUPDES", extra, "describes a planned element", ("ETCD", "SEUPDES"))
    for name in ("TAETORD", "EPOCH"):
        if ta.has("ETCD", name) and table.has(name):
            bad = ~unplanned & among(table, ("ETCD",), ta) & ~among(table, ("ETCD", name), ta)
            yield Broken(name, bad, "is not what TA has for the element", ("ETCD", name))
