"""Rule OCC-SEQUENCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-SEQUENCE",
    "Records of an occurrence dataset can be told apart.",
    mend="add --SEQ of the source, or ASEQ",
    standard="adam",
    kinds=("OCCDS",),
)
def sequence_there(table: Table, folder: Folder) -> Iterator[Broken]:
    """--SEQ leads back to the record of SDTM; without it ASEQ numbers the records (ADaM OCCDS)."""
    if not matching(table, r"[A-Z]{2}SEQ|ASEQ"):
        yield Broken("ASEQ", None, "is not there, and neither is a sequence number of SDTM")
