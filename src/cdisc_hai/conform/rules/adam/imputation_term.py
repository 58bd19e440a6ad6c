"""Rule ADAM-IMPUTED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-IMPUTED",
    "An imputation flag is a term of its codelist.",
    mend="write Y, M or D for a date, H, M or S for a time",
    standard="adam",
    public=("AD0039",),
)
def imputation_term(table: Table, folder: Folder) -> Iterator[Broken]:
    """DATEFL has Y, M and D, TIMEFL H, M and S (ADaMIG 1.3)."""
    for name in matching(table, r"\w*DTF"):
        yield Broken(name, ~table.is_in(name, ("", "Y", "M", "D")), "is none of Y, M and D")
    for name in matching(table, r"\w*TMF"):
        yield Broken(name, ~table.is_in(name, ("", "H", "M", "S")), "is none of H, M and S")
