"""Rule BDS-DTYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-DTYPE",
    "A derivation type is written in capitals.",
    mend="write the term of codelist DTYPE, such as LOCF or AVERAGE",
    standard="adam",
    kinds=("BDS", "TTE"),
    severity="warning",
    needs=("DTYPE",),
)
def derivation_type(table: Table, folder: Folder) -> Iterator[Broken]:
    """DTYPE has terms of its codelist, or of the sponsor, in capitals (ADaMIG 1.3)."""
    fine = table.each("DTYPE", lambda text: text == text.upper())
    yield Broken("DTYPE", ~fine, "is not in capitals")
