"""Rule PAIR-ELEMENT."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.one_to_one import SAYS, rarer
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "PAIR-ELEMENT",
    "An element code has one element name, in SE, TA and TE.",
    mend="take both from the trial's elements (TE)",
    public=("CORE-000132", "FB0914", "CG0154"),
    once=True,
)
def element_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """ETCD and ELEMENT name the same element (SDTMIG 5.3, 7.2.2); an unplanned element has no
    name. The rarer pairing over SE, TA and TE is told."""
    tables = [folder.get(name) for name in ("TE", "TA", "SE")]
    tables = [each for each in tables if each.has("ETCD", "ELEMENT")]
    if not tables:
        return
    codes = np.concatenate(shared_ids(*((t, ("ETCD",)) for t in tables)))
    names = np.concatenate(shared_ids(*((t, ("ELEMENT",)) for t in tables)))
    there = np.concatenate([t.filled("ETCD") & t.filled("ELEMENT") for t in tables])
    ends = np.cumsum([len(t.frame) for t in tables])[:-1]
    for each, part in zip(tables, np.split(rarer(codes, names, there), ends), strict=True):
        found = pd.Series(part, index=each.frame.index)
        yield Broken("ELEMENT", found, SAYS, ("ETCD", "ELEMENT"), dataset=each.name)
