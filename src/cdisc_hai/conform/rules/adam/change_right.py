"""Rule BDS-CHANGE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import differ
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-CHANGE",
    "CHG is AVAL minus BASE.",
    mend="work the change out anew",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "AVAL",
        "BASE",
        "CHG",
    ),
)
def change_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """On every record that has a change (ADaMIG 1.3)."""
    right = table.number("AVAL") - table.number("BASE")
    bad = differ(table.number("CHG"), right)
    yield Broken("CHG", bad, "is not AVAL minus BASE", ("AVAL", "BASE", "CHG"))
