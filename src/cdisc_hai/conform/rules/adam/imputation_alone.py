"""Rule ADAM-IMPUTED-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-IMPUTED-ALONE",
    "An imputation flag stands beside a date.",
    mend="take the flag out, or write the date",
    standard="adam",
)
def imputation_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """The flag says which part of the date beside it was imputed; without a date it says
    nothing."""
    for name in matching(table, r"\w*DTF"):
        date = name[:-1]
        if table.has(date):
            bad = table.filled(name) & table.empty(date) & table.empty(f"{date}M")
            yield Broken(name, bad, f"is an imputation flag, but {date} is missing")
