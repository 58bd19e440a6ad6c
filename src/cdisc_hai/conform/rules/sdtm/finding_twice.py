"""Rule FINDING-TWICE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_KEYS = (
    "USUBJID", "--TESTCD", "--CAT", "--SCAT", "--OBJ", "--SPEC", "--LOC", "--LAT", "--DIR",
    "--PORTOT", "--METHOD", "--POS", "--FAST", "--EVAL", "--EVALID", "--LNKID", "--GRPID",
    "--REPNUM", "--TPTNUM", "--TPTREF", "--RUNID", "--RSLSCL", "--SYMTYP", "--GENSR", "--ANTREG",
    "VISITNUM", "--DTC",
)  # fmt: skip


@rule(
    "FINDING-TWICE",
    "A subject has one result of a test at one time.",
    mend="take one of the results out, or say what tells them apart (--REPNUM, --TPTNUM, --SPEC)",
    severity="warning",
    kinds=("FINDINGS",),
    needs=("USUBJID", "--TESTCD", "--DTC"),
    public=("SD1117",),
)
def finding_twice(table: Table, folder: Folder) -> Iterator[Broken]:
    """Two results of one test, specimen, location, method, evaluator, lesion and time point at one
    date cannot be told apart (SDTMIG 3.2.1). Dates that are not complete are not judged."""
    same = table.group(*(name for name in _KEYS if table.has(name)))
    judged = table.day("--DTC").notna() & table.filled("--STRESC")
    bad = judged & how_many(judged, same).gt(1)
    quotes = ("USUBJID", "--TESTCD", "--DTC")
    yield Broken("--TESTCD", bad, "has more than one result", quotes)
