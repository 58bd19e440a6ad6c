"""Rule ADAM-PAIR-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import coded_pairs
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-PAIR-ALONE",
    "A number stands for a text that is there.",
    mend="write the text, or take the number out",
    standard="adam",
    public=(
        "AD0866",
        "AD0871",
        "AD0876",
    ),
)
def number_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """The numeric code follows the text; a code alone cannot be read (ADaMIG 1.3)."""
    for name, number in coded_pairs(table):
        bad = table.filled(number) & table.empty(name)
        yield Broken(number, bad, f"stands for a text, but {name} is missing")
