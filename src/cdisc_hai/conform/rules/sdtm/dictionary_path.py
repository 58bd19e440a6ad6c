"""Rule DICTIONARY-PATH."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PATH = (
    ("--LLT", "--DECOD"),
    ("--HLT", "--HLGT"),
    ("--DECOD", "--HLT", "--BODSYS"),
    ("--DECOD", "--HLGT", "--BODSYS"),
    ("--DECOD", "--BODSYS", "--HLT"),
)


@rule(
    "DICTIONARY-PATH",
    "A dictionary's term has one term above it.",
    mend="code the record anew with one version of the dictionary",
    severity="warning",
    kinds=("EVENTS",),
    needs=("--DECOD",),
)
def dictionary_path(table: Table, folder: Folder) -> Iterator[Broken]:
    """A lowest level term has one preferred term; a preferred term has one high level term within a
    body system, and one body system within a high level term (SDTMIG 6.2.1). What stands apart
    from the other records is told."""
    for lower, upper, *within in _PATH:
        if table.has(lower, upper, *within):
            yield one_meaning(table, lower, upper, *within)
