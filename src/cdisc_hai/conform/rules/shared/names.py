"""Rule NAME-FORM."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,7}")
_LABEL = 40


@rule(
    "NAME-FORM",
    "Names have at most 8 capitals and digits, labels at most 40 bytes.",
    mend="shorten the name or the label",
    standard="both",
    public=("CORE-000019", "CORE-000182", "CORE-000293", "CG0205", "CG0310", "CG0311"),
)
def names(table: Table, folder: Folder) -> Iterator[Broken]:
    """What a transport file of version 5 can hold: names of datasets and variables of 8 letters and
    digits that begin with a letter, labels of 40 bytes (SDTMIG 3.2.2)."""
    if not _NAME.fullmatch(table.name):
        yield Broken("", None, f"'{table.name}' cannot be the name of a dataset", ())
    for name in table.columns:
        if not _NAME.fullmatch(name):
            yield Broken(name, None, "cannot be the name of a variable", ())
    for name, label in table.header.labels.items() if table.header else ():
        if len(label.encode()) > _LABEL:
            yield Broken(name, None, f"has a label of more than {_LABEL} bytes", ())
