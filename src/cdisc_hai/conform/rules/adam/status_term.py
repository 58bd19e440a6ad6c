"""Rule ADSL-STATUS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_TERMS = ("", "COMPLETED", "DISCONTINUED", "ONGOING")


@rule(
    "ADSL-STATUS",
    "A status of study or treatment is a term of its codelist.",
    mend="write COMPLETED, DISCONTINUED or ONGOING",
    standard="adam",
    kinds=("ADSL",),
)
def status_term(table: Table, folder: Folder) -> Iterator[Broken]:
    """EOSSTT, EOTSTT and EOTxxSTT take their terms from codelist SBJTSTAT (C124296)."""
    for name in matching(table, r"EOSSTT|EOTSTT|EOT\d\dSTT"):
        yield Broken(name, ~table.is_in(name, _TERMS), "is no term of SBJTSTAT")
