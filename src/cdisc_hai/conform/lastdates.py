"""The last day on which anything is told of a subject."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.table import Folder, Table

_DATES = ("--DTC", "--STDTC", "--ENDTC")


def last_days(dm: Table, folder: Folder) -> pd.Series:
    """For each record of DM the latest complete date of its subject in all SDTM datasets."""
    latest = pd.concat([dm.day(n) for n in ("RFENDTC", "RFICDTC", "DTHDTC", "DMDTC")], axis=1)
    found = latest.max(axis=1)
    for table in folder.tables.values():
        if table.standard != "sdtm" or table is dm or not table.has("USUBJID"):
            continue
        days = [table.day(name) for name in _DATES if table.has(name)]
        if days:
            last = pd.concat(days, axis=1).max(axis=1)
            mine, theirs = shared_ids((dm, ("USUBJID",)), (table, ("USUBJID",)))
            by_subject = pd.Series(last.to_numpy(), index=theirs).groupby(level=0).max()
            here = by_subject.reindex(mine).to_numpy()
            found = pd.Series(np.fmax(found.to_numpy(), here), index=dm.frame.index)
    return found
