"""Rule ADAM-FLAG-NUMBER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-FLAG-NUMBER",
    "A numeric flag is 1 for Y, 0 for N and missing for empty.",
    mend="derive the number from the flag",
    standard="adam",
    public=(
        "AD0006",
        "AD0007",
        "AD0010",
        "AD0026",
        "AD0027",
        "AD0028",
        "AD0029",
        "AD0030",
        "AD0031",
        "AD0032",
    ),
)
def flag_number(table: Table, folder: Folder) -> Iterator[Broken]:
    """xxFN stands for xxFL (ADaMIG 1.3)."""
    for name in matching(table, r"\w*FL"):
        number = f"{name[:-1]}N"
        if table.has(number):
            right = table.text(name).map({"Y": 1.0, "N": 0.0})
            told = table.number(number)
            bad = ~(told.eq(right) | (told.isna() & right.isna()))
            yield Broken(number, bad, f"does not stand for {name}", (name, number))
