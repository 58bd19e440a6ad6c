"""Rule RANGE-CONVERTED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.converted import off_the_line
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--ORNRLO", "--STNRLO"), ("--ORNRHI", "--STNRHI"))


@rule(
    "RANGE-CONVERTED",
    "The limits of a normal range are converted as the result is.",
    mend="convert the limits anew",
    kinds=("FINDINGS",),
    needs=("--TESTCD", "--ORRESU", "--STRESU"),
)
def range_converted(table: Table, folder: Folder) -> Iterator[Broken]:
    """--STNRLO and --STNRHI are --ORNRLO and --ORNRHI in the standard unit (SDTMIG 6.3.5.6): the
    same where the units are the same, else by one factor throughout the test."""
    same = table.text("--ORRESU").eq(table.text("--STRESU"))
    for collected, standard in _PAIRS:
        if not table.has(collected, standard):
            continue
        one, other = number_of(table, collected), number_of(table, standard)
        bad = same & (one - other).abs().gt(1e-9 * one.abs())
        quotes = (collected, standard, "--STRESU")
        yield Broken(standard, bad, "are different limits in one unit", quotes)
        bad = off_the_line(table, collected, standard, ~same)
        yield Broken(standard, bad, "are converted by another factor than the rest", quotes)
        lacks = one.notna() & other.isna() & table.filled("--STRESU")
        yield Broken(standard, lacks, "is a limit that is not converted", (collected,))
        alone = table.empty(collected) & table.filled(standard)
        yield Broken(collected, alone, "is converted from nothing", (standard,))
