"""Rule BASELINE-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_KEYS = (
    "USUBJID", "--TESTCD", "--CAT", "--SCAT", "--SPEC", "--LOC", "--LAT", "--METHOD", "--EVAL",
    "--EVALID", "--LNKID", "--TPTNUM", "--POS", "--OBJ",
)  # fmt: skip


@rule(
    "BASELINE-ONCE",
    "A subject has one baseline record of a test.",
    mend="flag only the last result before the first dose",
    kinds=("FINDINGS",),
    needs=("USUBJID", "--TESTCD"),
    public=("CORE-000915", "FB2604", "SD1131"),
)
def baseline_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """--LOBXFL, and --BLFL, flags at most one record of a subject, test, category, specimen,
    location, method, evaluator, lesion and time point (SDTMIG 4.5.9)."""
    same = table.group(*(name for name in _KEYS if table.has(name)))
    for flag in ("--LOBXFL", "--BLFL"):
        if table.has(flag):
            on = table.is_in(flag, ("Y",))
            bad = on & how_many(on, same).gt(1)
            yield Broken(flag, bad, "stands in more than one record", ("USUBJID", "--TESTCD"))
