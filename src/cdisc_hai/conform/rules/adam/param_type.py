"""Rule BDS-PARAM-TYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-PARAM-TYPE",
    "PARAMTYP is DERIVED or empty.",
    mend="write DERIVED on all records of a derived parameter, or nothing",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("PARAMTYP",),
)
def param_type(table: Table, folder: Folder) -> Iterator[Broken]:
    """PARAMTYP marks parameters that are wholly derived (ADaMIG 1.3)."""
    yield Broken(
        "PARAMTYP", ~table.is_in("PARAMTYP", ("", "DERIVED")), "is neither DERIVED nor empty"
    )
