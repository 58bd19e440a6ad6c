"""Rule TEXT-BLANK."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TEXT-BLANK",
    "A text does not begin with a blank.",
    mend="take leading blanks off",
    standard="both",
    public=("SD1021",),
    told_by=("CONTRACT-BLANK",),
)
def leading_blank(table: Table, folder: Folder) -> Iterator[Broken]:
    """Blanks before a text make two values of what reads as one; a text of a single point is the
    missing value of a number, and no text."""
    for name in table.columns:
        yield Broken(name, table.each(name, lambda text: text[:1] == " "), "begins with a blank")
        yield Broken(name, table.is_in(name, (".",)), "is no text")
