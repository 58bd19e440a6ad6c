"""Rule BDS-BASE-PAIR."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASE-PAIR",
    "BASE and BASEC of a parameter are one to one.",
    mend="derive both from the same record",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "PARAMCD",
        "BASE",
        "BASEC",
    ),
)
def base_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """As AVAL and AVALC, of which they are the baseline values (ADaMIG 1.3). The rarer pairing
    is told."""
    yield mispaired(table, "BASEC", "BASE", "PARAMCD")
