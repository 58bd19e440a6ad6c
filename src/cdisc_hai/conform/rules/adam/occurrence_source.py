"""Rule OCC-SOURCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-SOURCE",
    "A record of an occurrence dataset is one of its SDTM domain.",
    mend="correct the sequence number",
    standard="adam",
    kinds=("OCCDS",),
    needs=("USUBJID",),
)
def occurrence_source(table: Table, folder: Folder) -> Iterator[Broken]:
    """--SEQ of a subject is found in the domain that it names (ADaM OCCDS)."""
    for name in matching(table, r"[A-Z]{2}SEQ"):
        other = folder.get(name[:2])
        if other.has("USUBJID", name):
            known = among(table, ("USUBJID", name), other)
            bad = table.filled(name) & ~known
            yield Broken(name, bad, f"is no record of the subject in {other.name}")
