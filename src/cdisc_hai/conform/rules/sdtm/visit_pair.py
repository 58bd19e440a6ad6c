"""Rule PAIR-VISIT."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.one_to_one import SAYS, rarer
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "PAIR-VISIT",
    "A visit number has one visit name, in all datasets.",
    mend="take both from one table of visits",
    public=("CORE-000361", "FB0919", "SD0051"),
    told_by=("CONTRACT-ONE-TO-ONE",),
    once=True,
)
def visit_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """VISITNUM and VISIT name the same visit (SDTMIG 4.4.5), so that over all datasets together
    they are one to one. The rarer pairing is told."""
    tables = [t for t in folder.tables.values() if t.has("VISITNUM", "VISIT")]
    tables = [t for t in tables if t.standard == "sdtm"]
    if not tables:
        return
    numbers = np.concatenate(shared_ids(*((t, ("VISITNUM",)) for t in tables)))
    names = np.concatenate(shared_ids(*((t, ("VISIT",)) for t in tables)))
    there = np.concatenate([t.filled("VISITNUM") & t.filled("VISIT") for t in tables])
    bad = rarer(numbers, names, there)
    ends = np.cumsum([len(t.frame) for t in tables])[:-1]
    for each, part in zip(tables, np.split(bad, ends), strict=True):
        found = pd.Series(part, index=each.frame.index)
        yield Broken("VISIT", found, SAYS, ("VISITNUM", "VISIT"), dataset=each.name)
