"""Rule ADAM-LABEL."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_LONGEST = 40


@rule(
    "ADAM-LABEL",
    "A variable has a label of at most 40 characters.",
    mend="write a label that fits",
    standard="adam",
    public=("AD0016",),
)
def label_there(table: Table, folder: Folder) -> Iterator[Broken]:
    """The transport format holds 40 characters, and a variable without label says nothing
    (ADaMIG 1.3)."""
    if table.header is not None:
        for name in table.columns:
            label = table.header.labels.get(name, "")
            if not 0 < len(label) <= _LONGEST:
                says = "has a label that is too long" if label else "has no label"
                yield Broken(name, None, says)
