"""Records that RDOMAIN, IDVAR and IDVARVAL point at (SDTMIG 8)."""

from __future__ import annotations

import pandas as pd

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.table import Folder, Table


def pointed_at(table: Table, folder: Folder) -> pd.Series:
    """Records whose reference leads to a record of the subject in a dataset of the folder.

    A number is the same however it is written. Without IDVAR the subject is in the dataset. A
    dataset that was split is looked for in all its parts.
    """
    found = table.none()
    for domain in table.distinct("RDOMAIN"):
        here = table.is_in("RDOMAIN", (domain,))
        parts = [t for t in folder.tables.values() if t.name == domain or _part(t, domain)]
        for parent in parts:
            if not parent.has("USUBJID"):
                continue
            bare = here & table.empty("IDVAR") & among(table, ("USUBJID",), parent)
            found |= bare & table.empty("IDVARVAL")
            for name in table.distinct("IDVAR"):
                if parent.has(name):
                    rows = here & table.is_in("IDVAR", (name,)) & table.filled("IDVARVAL")
                    found |= rows & _matched(table, parent, name)
    return found


def _part(table: Table, domain: str) -> bool:
    return table.name.startswith(domain) and table.prefix == domain and not table.is_supp


def _matched(table: Table, parent: Table, name: str) -> pd.Series:
    value = "IDVARVAL"
    if parent.numeric(name) and not table.numeric(value):
        read = pd.to_numeric(table.text(value), errors="coerce")
        table = Table(table.name, table.frame.assign(IDVARVAL=read))
    return among(table, ("USUBJID", value), parent, ("USUBJID", name))
