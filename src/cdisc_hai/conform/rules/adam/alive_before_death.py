"""Rule ADSL-ALIVE-DEATH."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-ALIVE-DEATH",
    "A subject is not known alive after the date of death.",
    mend="correct the date of death or the contact that lies after it",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "DTHDT",
        "LSTALVDT",
    ),
)
def alive_before_death(table: Table, folder: Folder) -> Iterator[Broken]:
    """LSTALVDT is the last day on which the subject was known to be alive (ADaMIG 1.3)."""
    bad = table.number("LSTALVDT") > table.number("DTHDT")
    yield Broken("LSTALVDT", bad, "lies after DTHDT", ("LSTALVDT", "DTHDT"))
