"""Rule UNIT-ONE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "UNIT-ONE",
    "A test has one standard unit.",
    mend="convert all results of the test into one unit",
    kinds=("FINDINGS",),
    needs=("--TESTCD", "--STRESU"),
    public=(
        "CORE-000612",
        "FB7001",
    ),
)
def one_unit(table: Table, folder: Folder) -> Iterator[Broken]:
    """All results of a test on one specimen by one method are in one --STRESU (SDTMIG 4.5.1.1).
    The rarer unit is told."""
    within = ("--CAT", "--SPEC", "--METHOD", "--LOC")
    found = one_meaning(table, "--TESTCD", "--STRESU", *(n for n in within if table.has(n)))
    yield Broken("--STRESU", found.bad, "is another unit than the test has elsewhere", found.quotes)
