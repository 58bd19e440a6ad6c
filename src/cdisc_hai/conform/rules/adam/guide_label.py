"""Rule ADAM-GUIDE-LABEL."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import guided
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-GUIDE-LABEL",
    "A variable of the guide has the guide's label.",
    mend="write the guide's label, or give the variable another name",
    standard="adam",
    severity="warning",
    told_by=("CONTRACT-LABEL",),
)
def guide_label(table: Table, folder: Folder) -> Iterator[Broken]:
    """Labels of ADaMIG variables are part of the standard (ADaMIG 1.3)."""
    if table.header is not None:
        for name in table.columns:
            known = guided(table, name)
            label = table.header.labels.get(name, "")
            if known is not None and label and label.upper() != known.label.upper():
                yield Broken(name, None, f"has the label '{label}', in the guide '{known.label}'")
