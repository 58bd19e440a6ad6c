"""Rule HEADER-LENGTH."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import longest
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "HEADER-LENGTH",
    "A text is as long as its longest value in the study, and not longer.",
    mend="write the variable with the length of its longest value over all datasets",
    severity="warning",
    standard="both",
    public=("SD1082",),
)
def header_length(table: Table, folder: Folder) -> Iterator[Broken]:
    """The length in the file's header is that of the longest value which any dataset of the same
    standard has for the name (FDA Study Data Technical Conformance Guide 3.3.2)."""
    lengths = table.header.lengths if table.header else {}
    others = [t for t in folder.tables.values() if t.standard == table.standard]
    for name, length in lengths.items():
        if name not in table.columns or table.numeric(name):
            continue
        needed = max([1, *(longest(each, name) for each in others if each.has(name))])
        if length > needed:
            yield Broken(name, None, f"has length {length}, where {needed} is enough", ())
