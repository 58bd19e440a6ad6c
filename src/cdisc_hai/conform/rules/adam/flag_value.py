"""Rule ADAM-FLAG."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-FLAG",
    "A flag is Y, N or empty.",
    mend="write Y, N or nothing",
    standard="adam",
    public=("AD0005",),
)
def flag_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables that end in FL are flags (ADaMIG 1.3)."""
    for name in matching(table, r"\w*FL"):
        if not table.numeric(name):
            yield Broken(name, ~table.is_in(name, ("Y", "N", "")), "is neither Y, N nor empty")
