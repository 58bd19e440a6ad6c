"""Rule DICTIONARY-ALONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (
    ("--LLTCD", "--LLT"),
    ("--PTCD", "--DECOD"),
    ("--HLTCD", "--HLT"),
    ("--HLGTCD", "--HLGT"),
    ("--BDSYCD", "--BODSYS"),
    ("--SOCCD", "--SOC"),
)


@rule(
    "DICTIONARY-ALONE",
    "A dictionary's code and its term stand together.",
    mend="write the missing one of the two",
    kinds=("EVENTS",),
    public=("CORE-000267", "CORE-000024", "CG0050", "CG0082"),
)
def dictionary_alone(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where a level of the dictionary has a code its term is filled, and where the dataset has
    codes of a level every term has one (SDTMIG 6.2.1)."""
    for code, term in _PAIRS:
        if not table.has(code, term):
            continue
        coded = table.filled(code)
        yield Broken(term, coded & table.empty(term), "has a code, but no term", (code, term))
        if coded.any():
            lacks = table.filled(term) & ~coded
            yield Broken(code, lacks, "has a term, but no code", (term, code))
