"""Rule FILLED-ALIKE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_ENOUGH = 20
_MOST = 0.98
# what is known in part, or only of some results, and what tells something by being empty
_ROLES = ("Timing", "Result Qualifier")
_PASSED = ("ORRESU", "STRESU", "STRESN", "NRIND", "STAT", "REASND", "REASOC", "FL", "SUPDES")


@rule(
    "FILLED-ALIKE",
    "What nearly all records of a kind tell, all tell.",
    mend="look whether the value was lost; nothing is wrong where there is none",
    severity="note",
)
def filled_alike(table: Table, folder: Folder) -> Iterator[Broken]:
    """Records of one test and category, else of one category, are of a kind. A variable that at
    least 98 of 100 of them have, and at least 20 in all, is told where it is empty, except end
    dates, study days, flags and reasons, which tell something by being empty."""
    if table.is_supp:
        return
    kinds = [name for name in ("--TESTCD", "--CAT", "--OCCUR", "--STAT") if table.has(name)]
    kind = table.group(*kinds)
    enough = kind.groupby(kind).transform("size").ge(_ENOUGH)
    for name, fact in facts_of(table, folder).items():
        empty = table.empty(name)
        passed = fact is None or fact.role in _ROLES or name.endswith(_PASSED)
        if passed or not empty.any() or empty.all():
            continue
        share = empty.astype(float).groupby(kind).transform("mean")
        single = empty.astype(int).groupby(kind).transform("sum").le(1)
        few = share.le(1 - _MOST) | single
        yield Broken(
            name, empty & enough & few, "is empty, and nearly nowhere else", tuple(kinds[:1])
        )
