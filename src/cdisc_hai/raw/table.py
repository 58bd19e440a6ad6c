"""One table of an export, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding


@dataclass(frozen=True)
class RawTable:
    """Cells as text, blanks at either end taken off, an empty cell an empty text.

    The frame's index is the row that a spreadsheet shows (in ODM the record's number);
    ``sources`` names each row for people. ``file`` is what findings on the whole table name.
    ``beside`` are columns that the reader added, which no dictionary need know, and ``others`` are
    names that the table may be called by too.
    """

    name: str
    file: str
    frame: pd.DataFrame
    sources: tuple[str, ...]
    notes: tuple[Finding, ...] = ()
    any_case: bool = False
    beside: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The place that stands for the columns."""
        return f"{self.file}:1"

    def spelled(self, wanted: Iterable[str]) -> pd.DataFrame:
        """Columns written as wanted, where the file's names have no case of their own."""
        if not self.any_case:
            return self.frame
        have = {name.casefold(): name for name in self.frame.columns}
        return self.frame.rename(
            columns={have[w.casefold()]: w for w in wanted if w.casefold() in have}
        )


def numbered(
    name: str,
    file: str,
    frame: pd.DataFrame,
    *,
    notes: tuple[Finding, ...] = (),
    any_case: bool = False,
) -> RawTable:
    """A table whose rows are named by file and number."""
    sources = tuple(f"{file}:{row}" for row in frame.index)
    return RawTable(name, file, frame, sources, notes, any_case)


def unique_header(file: str, names: list[str]) -> list[str]:
    """Column names with blanks taken off; one without a name is called by its place.

    Raises RawError where a name stands twice.
    """
    header = [name.strip() or f"column_{place}" for place, name in enumerate(names, 1)]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise RawError(
            f"{file}: column '{twice[0]}' stands twice; name each column once, or say in "
            "raw.yaml with 'header_row' which row has the names"
        )
    return header
