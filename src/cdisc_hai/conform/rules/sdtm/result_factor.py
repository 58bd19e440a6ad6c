"""Rule RESULT-CONVERTED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.converted import off_the_line
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESULT-CONVERTED",
    "A unit is converted by the same factor throughout a test.",
    mend="convert the result anew, or correct the unit",
    kinds=("FINDINGS",),
    needs=("--TESTCD", "--ORRES", "--STRESC", "--ORRESU", "--STRESU"),
)
def result_factor(table: Table, folder: Folder) -> Iterator[Broken]:
    """From --ORRESU to --STRESU the records of a test are converted by one factor. The one that
    most records have is taken as right, where there are enough of them; what rounding explains is
    not told. A conversion with an offset (degrees) is not judged."""
    changed = table.text("--ORRESU").ne(table.text("--STRESU"))
    bad = off_the_line(table, "--ORRES", "--STRESC", changed)
    quotes = ("--ORRES", "--ORRESU", "--STRESC", "--STRESU")
    yield Broken("--ORRES", bad, "are converted by another factor than the rest", quotes)
