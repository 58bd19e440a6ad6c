"""Rule GUIDE-LABEL."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import dataset_of, facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-LABEL",
    "A variable and a dataset have the label that the guide gives them.",
    mend="write the guide's label",
    public=("CORE-000398", "CORE-000594", "CG0303", "CG0359", "SD0063"),
    told_by=("CONTRACT-LABEL", "CONTRACT-DATASET-LABEL"),
)
def guide_label(table: Table, folder: Folder) -> Iterator[Broken]:
    """Labels are those of SDTMIG 3.4 and SDTM 2.0, letter by letter (SDTMIG 3.2.2). A dataset's own
    label is judged where it is not a part of a split domain."""
    if table.header is None:
        return
    for name, fact in facts_of(table, folder).items():
        told = table.header.labels.get(name, "")
        if fact is not None and told != fact.label:
            yield Broken(name, None, f"label '{told}', in the guide '{fact.label}'", ())
    dataset = dataset_of(table, folder)
    if dataset is not None and dataset.name == table.name and table.header.label != dataset.label:
        says = f"label '{table.header.label}', in the guide '{dataset.label}'"
        yield Broken("", None, says, ())
