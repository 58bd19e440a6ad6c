"""Rule AE-GRADE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_GRADES = ("0", "1", "2", "3", "4", "5")


@rule(
    "AE-GRADE",
    "A toxicity grade is a whole number from 0 to 5, and an event has a grade or a severity.",
    mend="write the grade as a number",
    needs=("USUBJID",),
    kinds=("EVENTS", "FINDINGS"),
    public=("CORE-000102", "CORE-000023", "CORE-000169", "CG0084", "CG0185", "CG0428"),
)
def grade(table: Table, folder: Folder) -> Iterator[Broken]:
    """--TOXGR is a number of the toxicity scale (SDTMIG 6.2.1, 6.3.5.6); -1 to -4 grade what is too
    low. --TOX has a grade. An adverse event has AETOXGR or AESEV where the dataset has either."""
    known = {*_GRADES, *(f"-{text}" for text in _GRADES)}
    bad = table.filled("--TOXGR") & ~table.is_in("--TOXGR", known)
    if not table.numeric("--TOXGR"):
        yield Broken("--TOXGR", bad, "is no grade")
    lacks = table.filled("--TOX") & table.empty("--TOXGR")
    yield Broken("--TOXGR", lacks, "has a toxicity, but no grade", ("--TOX",))
    if table.prefix == "AE" and (table.has("AETOXGR") or table.has("AESEV")):
        none = table.empty("AETOXGR") & table.empty("AESEV")
        yield Broken("AETOXGR" if table.has("AETOXGR") else "AESEV", none, "has none", ("AETERM",))
