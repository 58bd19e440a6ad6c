"""Rule LESION-SIZE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table

_SIZES = ("LDIAM", "LPERP", "DIAMETER", "SAXIS", "SUMDIAM", "SUMNLNLD")


@rule(
    "LESION-SIZE",
    "A diameter is a number of millimetres, not below 0.",
    mend="correct the measurement; write NOT DONE for what was not evaluable",
    datasets=("TR",),
    needs=("TRTESTCD", "TRSTRESC"),
)
def lesion_size(table: Table, folder: Folder) -> Iterator[Broken]:
    """Diameters and their sums have a numeric TRSTRESC in mm (SDTMIG 6.3.13; RECIST 1.1: too small
    to measure is 5 mm, absent 0)."""
    size = table.is_in("TRTESTCD", _SIZES) & table.filled("TRSTRESC")
    value, quotes = number_of(table, "TRSTRESC"), ("TRTESTCD", "TRSTRESC", "TRSTRESU")
    yield Broken("TRSTRESC", size & value.isna(), "is no number", quotes)
    yield Broken("TRSTRESC", size & value.lt(0), "is below 0", quotes)
    bad = size & value.notna() & ~table.is_in("TRSTRESU", ("mm",))
    yield Broken("TRSTRESU", bad, "is not in mm", quotes)
