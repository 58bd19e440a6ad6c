"""Rule ADAM-GUIDE-TYPE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import guided
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-GUIDE-TYPE",
    "A variable of the guide has the guide's type.",
    mend="write it as the guide has it, a text or a number",
    standard="adam",
)
def guide_type(table: Table, folder: Folder) -> Iterator[Broken]:
    """Types of ADaMIG variables are part of the standard (ADaMIG 1.3). A variable without any
    value is not judged."""
    for name in table.columns:
        known = guided(table, name)
        if known is None or not table.filled(name).any():
            continue
        if table.numeric(name) != (known.type == "Num"):
            kind = "a number" if known.type == "Num" else "a text"
            yield Broken(name, None, f"is {kind} in the guide, and another type here")
