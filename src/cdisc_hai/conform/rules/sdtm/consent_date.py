"""Rule CONSENT-DATE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import beside, lowest
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "CONSENT-DATE",
    "RFICDTC is the first informed consent of DS.",
    mend="write the date of the first consent into RFICDTC",
    datasets=("DM",),
    needs=("USUBJID", "RFICDTC", "DS.DSDECOD", "DS.DSSTDTC"),
    public=("CORE-000363", "CORE-000370", "CG0068", "CG0143", "SD1240"),
)
def consent_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """The earliest DSSTDTC with DSDECOD INFORMED CONSENT OBTAINED is RFICDTC (SDTMIG 5.2). A
    subject without such a record is told, where others have one."""
    ds = folder.get("DS")
    consent = ds.is_in("DSDECOD", ("INFORMED CONSENT OBTAINED",))
    if not consent.any():
        return
    first = lowest(ds.text("DSSTDTC").where(consent), ds.group("USUBJID")).fillna("")
    earliest = consent & ds.text("DSSTDTC").eq(first)
    told = beside(table, ds, where=earliest).text("DSSTDTC")
    bad = table.text("RFICDTC").ne(told)
    quotes = ("RFICDTC", "in DS")
    yield Broken("RFICDTC", bad, "is not the first consent", quotes, beside={"in DS": told})
