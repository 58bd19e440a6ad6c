"""Rule GUIDE-REQUIRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import dataset_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "GUIDE-REQUIRED",
    "A required variable is there, and filled in every record.",
    mend="complete the record, or add the variable",
    public=(
        "CORE-000355",
        "CORE-000356",
        "CORE-000002",
        "CG0014",
        "CG0208",
        "SD0002",
    ),
    told_by=("CONTRACT-REQUIRED", "CONTRACT-COLUMN"),
)
def guide_required(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables that SDTMIG 3.4 calls Required (SDTMIG 3.2.1). A comment or a relation may stand
    for no subject."""
    dataset = dataset_of(table, folder)
    for fact in dataset.having("Req") if dataset else ():
        if not table.has(fact.name):
            yield Broken(fact.name, None, "is required by the guide, and not there", ())
        elif not (table.prefix in ("CO", "RE") and fact.name == "USUBJID"):
            yield Broken(fact.name, table.empty(fact.name), "is required, and empty", ("USUBJID",))
