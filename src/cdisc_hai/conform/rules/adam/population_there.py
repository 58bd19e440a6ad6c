"""Rule ADSL-POPULATION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import POPULATIONS
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-POPULATION",
    "ADSL has a population flag.",
    mend="add the flag of at least one population",
    standard="adam",
    kinds=("ADSL",),
)
def population_there(table: Table, folder: Folder) -> Iterator[Broken]:
    """At least one subject-level population flag is there (ADaMIG 1.3)."""
    if not any(table.has(name) for name in POPULATIONS):
        yield Broken("", None, "has no population flag, such as FASFL or SAFFL")
