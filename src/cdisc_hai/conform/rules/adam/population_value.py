"""Rule ADSL-POPULATION-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import POPULATIONS
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-POPULATION-VALUE",
    "A population flag of a subject is Y or N.",
    mend="write Y or N for every subject",
    standard="adam",
    kinds=("ADSL",),
    public=(
        "AD0019",
        "AD0020",
        "AD0021",
        "AD0022",
        "AD0023",
        "AD0024",
        "AD0025",
    ),
)
def population_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """Subject-level population flags have no third value, and are not missing (ADaMIG 1.3)."""
    for name in POPULATIONS:
        if table.has(name):
            yield Broken(name, ~table.is_in(name, ("Y", "N")), "is neither Y nor N")
