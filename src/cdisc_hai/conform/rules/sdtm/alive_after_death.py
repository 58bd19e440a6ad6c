"""Rule DEATH-LAST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-LAST",
    "Nothing is collected, given or begins after the death.",
    mend="correct the date, or the date of death",
    severity="warning",
    needs=("USUBJID", "DM.DTHDTC"),
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
)
def alive_after_death(table: Table, folder: Folder) -> Iterator[Broken]:
    """--STDTC, --ENDTC and, in Findings, --DTC are not after DTHDTC (SDTMIG 5.2). What is told of
    the dead later (disposition, cause of death, status) has its own dates."""
    died = beside(table, folder.get("DM")).text("DTHDTC")
    later_told = ("DS", "DD", "SS", "DV", "CO", "HO")
    for name in ("--STDTC", "--ENDTC", "--DTC"):
        if not table.has(name) or table.prefix in later_told:
            continue
        if name == "--DTC" and table.kind != "FINDINGS":
            continue
        bad = surely_before(died, table.text(name))
        says = "is after the death of the subject"
        yield Broken(name, bad, says, (name, "DTHDTC"), beside={"DTHDTC": died})
