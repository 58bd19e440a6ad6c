"""Rule GUIDE-EXPECTED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import dataset_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-EXPECTED",
    "An expected variable is there, also when it is empty.",
    mend="add the variable",
    severity="warning",
    public=("CORE-000334", "CG0016", "SD0057"),
    told_by=("CONTRACT-COLUMN",),
)
def guide_expected(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables that SDTMIG 3.4 calls Expected (SDTMIG 3.2.1)."""
    dataset = dataset_of(table, folder)
    for fact in dataset.having("Exp") if dataset else ():
        if not table.has(fact.name):
            yield Broken(fact.name, None, "is expected by the guide, and not there", ())
