"""Rule DATE-BEFORE-BIRTH."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DATE-BEFORE-BIRTH",
    "Nothing of a subject is dated before the birth.",
    mend="correct the year of the date, or the date of birth",
    needs=("USUBJID", "DM.BRTHDTC"),
)
def date_before_birth(table: Table, folder: Folder) -> Iterator[Broken]:
    """--DTC, --STDTC and --ENDTC are not before BRTHDTC of DM, as far as partial dates say; the
    dates of DM itself are those of DATE-ORDER."""
    if table.name == "DM":
        return
    birth = beside(table, folder.get("DM")).text("BRTHDTC")
    for name in ("--DTC", "--STDTC", "--ENDTC"):
        if table.has(name):
            bad = surely_before(table.text(name), birth)
            quotes = (name, "BRTHDTC")
            yield Broken(name, bad, "is before the birth", quotes, beside={"BRTHDTC": birth})
