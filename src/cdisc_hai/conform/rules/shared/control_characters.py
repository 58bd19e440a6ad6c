"""Rule TEXT-CONTROL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\ufeff\ufffd]")


@rule(
    "TEXT-CONTROL",
    "A text holds no character that cannot be printed.",
    mend="take the character out where the text was collected or derived",
    standard="both",
)
def control_characters(table: Table, folder: Folder) -> Iterator[Broken]:
    """Tabs, line ends, other control characters, characters of no width and the mark that a
    decoder leaves (U+FFFD) are not seen in a listing, but part two values that look the same."""
    for name in table.columns:
        bad = table.each(name, lambda text: _CONTROL.search(text) is not None)
        yield Broken(name, bad, "holds a character that cannot be printed")
