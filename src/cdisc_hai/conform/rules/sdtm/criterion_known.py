"""Rule CRITERION-KNOWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "CRITERION-KNOWN",
    "An inclusion or exclusion criterion that was not met is one of the trial's.",
    mend="take code, text and category from TI; only criteria that were not met are recorded",
    datasets=("IE",),
    public=(
        "CORE-000001",
        "CORE-000011",
        "CORE-000025",
        "CORE-000227",
        "CORE-000228",
        "CG0175",
        "CG0176",
        "CG0177",
        "CG0178",
        "CG0179",
    ),
)
def criterion_known(table: Table, folder: Folder) -> Iterator[Broken]:
    """IETESTCD, IETEST and IECAT are those of TI; an inclusion criterion has the answer N, an
    exclusion criterion Y, and IESTRESC is IEORRES (SDTMIG 6.3.4)."""
    ti = folder.get("TI")
    for name in ("IETESTCD", "IETEST", "IECAT"):
        if ti.has(name, "IETESTCD"):
            bad = table.filled(name) & ~among(table, ("IETESTCD", name), ti)
            yield Broken(name, bad, "is not in TI", ("IETESTCD", name))
    for category, answer in (("INCLUSION", "N"), ("EXCLUSION", "Y")):
        bad = table.is_in("IECAT", (category,)) & ~table.is_in("IEORRES", (answer,))
        yield Broken("IEORRES", bad, "is no answer of this category", ("IECAT", "IEORRES"))
    bad = table.text("IESTRESC").ne(table.text("IEORRES"))
    yield Broken("IESTRESC", bad, "is not IEORRES", ("IEORRES", "IESTRESC"))
