"""Rule BDS-PARAM-PAIR."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PARAM-PAIR",
    "PARAM and PARAMCD are one to one.",
    mend="give each parameter one code",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "PARAM",
        "PARAMCD",
    ),
)
def param_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """PARAMCD is the short name of PARAM in a dataset (ADaMIG 1.3). The rarer pairing is told."""
    yield mispaired(table, "PARAM", "PARAMCD")
