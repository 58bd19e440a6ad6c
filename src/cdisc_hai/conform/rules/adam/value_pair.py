"""Rule BDS-VALUE-PAIR."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-VALUE-PAIR",
    "AVAL and AVALC of a parameter are one to one.",
    mend="give each number one text, or leave one of the variables empty",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "PARAMCD",
        "AVAL",
        "AVALC",
    ),
)
def value_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where both are filled they are two forms of one value (ADaMIG 1.3). The rarer pairing is
    told."""
    yield mispaired(table, "AVALC", "AVAL", "PARAMCD")
