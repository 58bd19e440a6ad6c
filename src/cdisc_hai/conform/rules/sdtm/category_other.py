"""Rule CATEGORY-OWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (
    ("--SCAT", "--CAT"),
    ("--CAT", "--DECOD"),
    ("--SCAT", "--DECOD"),
    ("--CAT", "--BODSYS"),
    ("--SCAT", "--BODSYS"),
    ("--CAT", "--TESTCD"),
)


@rule(
    "CATEGORY-OWN",
    "A category groups records, and says not again what another variable says.",
    mend="take the category out, or give one that groups",
    public=(
        "CORE-000103",
        "CORE-000104",
        "CORE-000195",
        "CORE-000196",
        "CORE-000197",
        "CORE-000198",
        "CORE-000237",
        "CORE-000272",
        "CORE-000219",
        "CG0027",
        "CG0336",
        "CG0337",
        "CG0338",
        "CG0339",
        "CG0340",
        "CG0429",
        "CG0430",
        "CG0350",
    ),
)
def category_other(table: Table, folder: Folder) -> Iterator[Broken]:
    """--CAT is not the dataset's label, --SCAT is not --CAT, neither is --DECOD or --BODSYS, and a
    subcategory has a category (SDTMIG 2.2.5)."""
    for one, other in _PAIRS:
        if table.has(one, other):
            bad = table.filled(one) & table.text(one).eq(table.text(other))
            yield Broken(one, bad, f"is {table.variable(other)} again")
    lone = table.filled("--SCAT") & table.empty("--CAT")
    yield Broken("--SCAT", lone, "has no category")
    if table.header:
        for name in ("--CAT", "--SCAT"):
            bad = table.says(name, (table.header.label.upper(),)) & table.filled(name)
            yield Broken(name, bad, "is the dataset's label again")
