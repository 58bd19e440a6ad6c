"""Rule GUIDE-ORDER."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cdisc_hai.conform.guided import dataset_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-ORDER",
    "Variables stand in the guide's order.",
    mend="put the variables into the order of the guide",
    severity="warning",
    public=("CG0330",),
    told_by=("CONTRACT-ORDER",),
)
def guide_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """Those variables of the dataset that SDTMIG 3.4 lists for it stand in its order (SDTMIG
    3.2.2); the first that does not is told."""
    dataset = dataset_of(table, folder)
    if dataset is None:
        return
    known = [name for name in table.columns if name in dataset.variables]
    for before, name in pairwise(known):
        if dataset.variables[name].order < dataset.variables[before].order:
            yield Broken(name, None, f"stands behind {before}, in the guide before it", ())
            return
