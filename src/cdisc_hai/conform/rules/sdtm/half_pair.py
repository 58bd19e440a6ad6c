"""Rule PAIR-HALF."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (
    ("VISITNUM", "VISIT"),
    ("ETCD", "ELEMENT"),
    ("--TESTCD", "--TEST"),
    ("--PARMCD", "--PARM"),
    ("--TPTNUM", "--TPT"),
)


@rule(
    "PAIR-HALF",
    "A code has its name, and the name its code.",
    mend="write the missing one of the two",
    public=("CORE-000026", "CORE-000029", "CG0468", "CG0661"),
)
def half_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """VISITNUM and VISIT, ETCD and ELEMENT, --TESTCD and --TEST, --PARMCD and --PARM, --TPTNUM and
    --TPT are both filled or both empty where the dataset has both (SDTMIG 4.2.3, 4.4.5, 4.4.10);
    an unplanned element has no name."""
    for code, name in _PAIRS:
        if table.has(code, name):
            unnamed = table.filled(code) & table.empty(name) & ~table.is_in(code, ("UNPLAN",))
            yield Broken(name, unnamed, "has no name", (code,))
            yield Broken(code, table.filled(name) & table.empty(code), "has no code", (name,))
