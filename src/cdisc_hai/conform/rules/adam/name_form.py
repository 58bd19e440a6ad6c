"""Rule ADAM-NAME."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_NAME = re.compile("[A-Z][A-Z0-9_]{0,7}")


@rule(
    "ADAM-NAME",
    "A variable's name has at most 8 letters, digits and underscores, a letter first.",
    mend="rename the variable",
    standard="adam",
    public=(
        "AD0013",
        "AD0014",
    ),
)
def name_form(table: Table, folder: Folder) -> Iterator[Broken]:
    """Names have to fit the transport format (ADaMIG 1.3)."""
    for name in table.columns:
        if not _NAME.fullmatch(name):
            yield Broken(name, None, "is no name of at most 8 letters, digits and underscores")
