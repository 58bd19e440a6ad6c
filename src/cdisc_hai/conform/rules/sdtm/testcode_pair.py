"""Rule PAIR-TEST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import mispaired
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--TESTCD", "--TEST"), ("--PARMCD", "--PARM"))


@rule(
    "PAIR-TEST",
    "A test code has one name, and the name one code.",
    mend="give each code one name, from the codelist",
    public=(
        "CORE-000303",
        "CORE-000179",
        "FB0901",
        "FB0916",
    ),
    told_by=("CONTRACT-ONE-TO-ONE",),
)
def testcode_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """--TESTCD and --TEST, --PARMCD and --PARM say the same, the one short and the other in words
    (SDTMIG 4.2.3). The pairing that is rarer in the dataset is told."""
    for code, name in _PAIRS:
        if table.has(code, name):
            yield mispaired(table, code, name)
