"""Rule AE-SERIOUS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_CRITERIA = (
    "AESCAN", "AESCONG", "AESDISAB", "AESDTH", "AESHOSP", "AESLIFE", "AESOD", "AESMIE", "AESINTV",
    "AESCATCF",
)  # fmt: skip


@rule(
    "AE-SERIOUS",
    "An event is serious when, and only when, a criterion of seriousness is met.",
    mend="correct AESER or the criteria",
    datasets=("AE",),
    needs=("AESER",),
    public=(
        "CORE-000022",
        "CORE-000266",
        "CORE-000087",
        "CORE-000123",
        "CORE-000124",
        "CORE-000125",
        "CORE-000126",
        "CORE-000127",
        "CORE-000128",
        "CORE-000129",
        "CORE-000130",
        "CG0041",
        "CG0042",
        "CG0387",
        "SD0009",
    ),
)
def seriousness(table: Table, folder: Folder) -> Iterator[Broken]:
    """AESER is Y where one of the criteria (AESDTH, AESHOSP, ...) is Y, and N where none is
    (SDTMIG 6.2.1). Where the dataset has no criterion AESER stands alone."""
    there = [name for name in _CRITERIA if table.has(name)]
    serious = table.is_in("AESER", ("Y",))
    met = table.none()
    for name in there:
        yield Broken(name, ~table.is_in(name, ("", "Y", "N", "U")), "is neither Y nor N")
        bad = table.is_in(name, ("Y",)) & ~serious
        yield Broken(name, bad, "but AESER is not Y", (name, "AESER"))
        met |= table.is_in(name, ("Y",))
    yield Broken("AESER", ~table.is_in("AESER", ("", "Y", "N", "U")), "is neither Y nor N")
    if there:
        yield Broken("AESER", serious & ~met, "is Y, and no criterion is", ("AESER", *there[:4]))
