"""Rule ALIKE-BUT-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_ENOUGH = 50
_SEVERAL = 10
_KINDS = ("--TESTCD", "--TRT", "DSDECOD")
_OF_FINDINGS = ("--CAT", "--SCAT", "--ORRESU", "--SPEC", "--EVAL", "--TSTDTL")
_OF_OTHERS = ("--CAT", "--SCAT", "--LOC", "--DOSFRM", "--PRESP")


@rule(
    "ALIKE-BUT-ONE",
    "A test or treatment does not have a qualifier in one record that no other record of it has.",
    mend="look whether it was mistaken for another; nothing is wrong where it is right",
    severity="note",
    kinds=("FINDINGS", "INTERVENTIONS", "EVENTS"),
)
def alike_but_one(table: Table, folder: Folder) -> Iterator[Broken]:
    """Of at least 50 records of a test, treatment or disposition, one has a category, unit,
    specimen or place of its own, while each of the others' stands in at least 10 of them."""
    named = next((name for name in _KINDS if table.has(name)), "")
    if not named:
        return
    kind = table.group(named)
    enough = kind.groupby(kind).transform("size").ge(_ENOUGH)
    for name in _OF_FINDINGS if table.kind == "FINDINGS" else _OF_OTHERS:
        filled = table.filled(name)
        if not filled.any():
            continue
        same = kind.groupby(table.group(named, name)).transform("size")
        rare = (filled & same.lt(_SEVERAL)).astype(int).groupby(kind).transform("sum")
        bad = filled & enough & same.eq(1) & rare.eq(1)
        yield Broken(name, bad, "stands in no other record", (named, name))
