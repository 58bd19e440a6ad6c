"""Rule OCC-SOURCE-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import copied, matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-SOURCE-VALUE",
    "A variable of SDTM has the same value in an occurrence dataset.",
    mend="copy the value, or give the changed variable a name of its own",
    standard="adam",
    kinds=("OCCDS",),
    needs=("USUBJID",),
)
def occurrence_value(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables copied from the domain keep name and values (ADaMIG 1.3, OCCDS)."""
    for name in matching(table, r"[A-Z]{2}SEQ"):
        other = folder.get(name[:2])
        if other.has("USUBJID", name):
            yield from copied(table, other, ("USUBJID", name))
