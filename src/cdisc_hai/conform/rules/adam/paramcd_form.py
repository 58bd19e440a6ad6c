"""Rule BDS-PARAMCD."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_CODE = re.compile("[A-Z_][A-Z0-9_]{0,7}")


@rule(
    "BDS-PARAMCD",
    "PARAMCD has at most 8 letters, digits and underscores, no digit first.",
    mend="shorten or rename the code",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("PARAMCD",),
)
def paramcd_form(table: Table, folder: Folder) -> Iterator[Broken]:
    """PARAMCD may become a variable's name when a dataset is transposed (ADaMIG 1.3)."""
    fine = table.each("PARAMCD", lambda code: not code or _CODE.fullmatch(code) is not None)
    yield Broken("PARAMCD", ~fine, "cannot be a variable's name of at most 8 characters")
