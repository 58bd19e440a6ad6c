"""Rule DEATH-DATE."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-DATE",
    "DS and AE have the date of death that DM has.",
    mend="write the date of DTHDTC in all of them",
    datasets=("DS", "AE", "DM"),
    needs=("USUBJID", "DM.DTHDTC"),
    public=("CORE-000034", "CORE-000913", "CORE-000841", "CG0069", "FB0611", "FB0612"),
)
def death_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """DSSTDTC of the disposition DEATH, and AEENDTC of a fatal adverse event where it is filled,
    are DTHDTC of DM by day (SDTMIG 5.2, 6.2.1, 6.2.4)."""
    if table.prefix == "DM":
        ds = folder.get("DS")
        told = beside(table, ds, where=ds.is_in("DSDECOD", ("DEATH",))).text("DSSTDTC")
        bad = told.ne("") & _other(told, table.text("DTHDTC"))
        says = "is not the date of the disposition DEATH"
        yield Broken("DTHDTC", bad, says, ("DTHDTC", "DSSTDTC"), beside={"DSSTDTC": told})
        return
    died = beside(table, folder.get("DM")).text("DTHDTC")
    extra = {"DTHDTC": died}
    if table.has("DSDECOD", "DSSTDTC"):
        bad = table.is_in("DSDECOD", ("DEATH",)) & _other(table.text("DSSTDTC"), died)
        says = "is not the date of death in DM"
        yield Broken("DSSTDTC", bad, says, ("DSSTDTC", "DTHDTC"), beside=extra)
    if table.has("AEOUT", "AEENDTC"):
        end = table.text("AEENDTC")
        bad = table.is_in("AEOUT", ("FATAL",)) & end.ne("") & died.ne("") & _other(end, died)
        says = "is the end of a fatal event, and not the date of death in DM"
        yield Broken("AEENDTC", bad, says, ("AEENDTC", "DTHDTC"), beside=extra)


def _other(one: pd.Series, other: pd.Series) -> pd.Series:
    day = len("YYYY-MM-DD")
    return one.str[:day].ne(other.str[:day])
