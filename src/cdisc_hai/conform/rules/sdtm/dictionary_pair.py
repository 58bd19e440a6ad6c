"""Rule PAIR-DICTIONARY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (
    ("--LLTCD", "--LLT"),
    ("--PTCD", "--DECOD"),
    ("--HLTCD", "--HLT"),
    ("--HLGTCD", "--HLGT"),
    ("--BDSYCD", "--BODSYS"),
    ("--SOCCD", "--SOC"),
    ("--CLASCD", "--CLAS"),
)


@rule(
    "PAIR-DICTIONARY",
    "A dictionary's code has one term, and the term one code.",
    mend="code the record anew with one version of the dictionary",
    kinds=("EVENTS", "INTERVENTIONS"),
    public=(
        "CORE-000706",
        "CORE-000268",
        "CORE-000723",
        "CORE-000719",
        "CORE-000184",
        "CORE-000716",
        "CORE-000792",
        "FB0906",
        "FB0907",
        "FB0908",
        "FB0909",
        "FB0910",
        "FB0911",
        "FB0905",
    ),
)
def dictionary_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """Codes and terms of each level of the dictionary (SDTMIG 6.2.1) stand together throughout.
    The rarer pairing in the dataset is told."""
    for code, term in _PAIRS:
        if table.has(code, term):
            yield mispaired(table, code, term)
