"""Rule PAIR-QUALIFIER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "PAIR-QUALIFIER",
    "A supplemental qualifier's name has one label, and the label one name.",
    mend="give each QNAM one QLABEL",
    datasets=("SUPP*", "SQ*"),
    needs=("QNAM", "QLABEL"),
    public=("CORE-000302", "FB0920"),
    told_by=("CONTRACT-ONE-TO-ONE",),
)
def qualifier_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """QNAM and QLABEL become the name and label of one variable when the qualifier is joined to
    its parent (SDTMIG 8.4). The rarer pairing in the dataset is told."""
    yield mispaired(table, "QNAM", "QLABEL", "RDOMAIN")
