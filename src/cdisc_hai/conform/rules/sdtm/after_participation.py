"""Rule DATE-PARTICIPATION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_LATER = ("DM", "CO")


@rule(
    "DATE-PARTICIPATION",
    "No date of a subject is after RFPENDTC.",
    mend="derive RFPENDTC from the latest date of the subject, or correct the date",
    severity="warning",
    needs=("USUBJID", "DM.RFPENDTC"),
    public=("CORE-000720", "CORE-000952", "FB3406", "FB3407"),
)
def after_participation(table: Table, folder: Folder) -> Iterator[Broken]:
    """RFPENDTC is the last day on which the subject took part or was heard of (SDTMIG 5.2), so that
    no --DTC, --STDTC or --ENDTC is after it."""
    if table.prefix in _LATER:
        return
    end = beside(table, folder.get("DM")).text("RFPENDTC")
    for name in ("--DTC", "--STDTC", "--ENDTC"):
        if table.has(name):
            bad = surely_before(end, table.text(name))
            says = "is after the end of participation"
            yield Broken(name, bad, says, (name, "RFPENDTC"), beside={"RFPENDTC": end})
