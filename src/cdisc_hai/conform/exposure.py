"""First and last exposure of each subject."""

from __future__ import annotations

import pandas as pd

from cdisc_hai.conform.joins import beside, highest, lowest
from cdisc_hai.conform.table import Table


def first_and_last(table: Table, ex: Table) -> tuple[pd.Series, pd.Series]:
    """The earliest EXSTDTC and the latest EXENDTC (or EXSTDTC, if later) of each record's subject;
    empty where EX does not have the subject. Dates sort as ISO 8601 text."""
    subject = ex.group("USUBJID")
    start, end = ex.text("EXSTDTC"), ex.text("EXENDTC")
    last = end.where(end.ge(start), start)
    codes = {"first": start.where(start.ne("")), "last": last.where(last.ne(""))}
    first = lowest(codes["first"], subject).fillna("")
    latest = highest(codes["last"], subject).fillna("")
    here = beside(table, ex)
    return here.carried(first, ""), here.carried(latest, "")
