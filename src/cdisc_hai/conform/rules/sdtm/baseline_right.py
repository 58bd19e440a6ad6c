"""Rule BASELINE-LAST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.baselines import last_before_exposure
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BASELINE-LAST",
    "The baseline record is the last result before the first dose.",
    mend="derive --LOBXFL anew from --DTC and RFXSTDTC",
    kinds=("FINDINGS",),
    needs=("USUBJID", "--TESTCD", "--LOBXFL", "--DTC", "DM.RFXSTDTC"),
    public=("SD0006", "CG0541", "CG0553"),
)
def baseline_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """--LOBXFL is Y on a result that is collected before RFXSTDTC, and no other result of the test
    lies between (SDTMIG 4.5.9). On the day of the first dose a time decides where both have one."""
    judged = last_before_exposure(table, folder.get("DM"))
    on = table.is_in("--LOBXFL", ("Y",))
    quotes = ("--LOBXFL", "--DTC", "RFXSTDTC")
    extra = {"RFXSTDTC": judged.exposure}
    yield Broken("--LOBXFL", on & judged.after, "is after the first dose", quotes, beside=extra)
    early = on & judged.later_there & ~judged.after
    yield Broken(
        "--LOBXFL", early, "has a later result before the first dose", quotes, beside=extra
    )
    lacks = judged.last & ~judged.flagged
    says = "is the last result before the first dose, and not flagged"
    yield Broken("--LOBXFL", lacks, says, ("--TESTCD", "--DTC", "RFXSTDTC"), beside=extra)
