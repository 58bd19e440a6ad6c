"""Rule PAIR-ARM."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.one_to_one import SAYS, rarer
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PLACES = {"DM": (("ARMCD", "ARM"), ("ACTARMCD", "ACTARM")), "TA": (("ARMCD", "ARM"),)}


@rule(
    "PAIR-ARM",
    "An arm code has one arm name, in DM, TA and TV.",
    mend="take both from the trial's arms (TA)",
    public=(
        "CORE-000318",
        "FB0902",
    ),
    once=True,
)
def arm_pair(table: Table, folder: Folder) -> Iterator[Broken]:
    """ARMCD and ARM, planned and actual, name the same arm (SDTMIG 5.2, 7.2.1). The rarer pairing
    over DM, TA and TV is told."""
    places = {**_PLACES, "TV": _PLACES["TA"]}
    parts = [(folder.get(d), p) for d, pairs in places.items() for p in pairs]
    parts = [(each, pair) for each, pair in parts if each.has(*pair)]
    if not parts:
        return
    codes = np.concatenate(shared_ids(*((t, (code,)) for t, (code, _) in parts)))
    names = np.concatenate(shared_ids(*((t, (name,)) for t, (_, name) in parts)))
    there = np.concatenate([t.filled(code) & t.filled(name) for t, (code, name) in parts])
    ends = np.cumsum([len(t.frame) for t, _ in parts])[:-1]
    for (each, (code, name)), part in zip(
        parts, np.split(rarer(codes, names, there), ends), strict=True
    ):
        found = pd.Series(part, index=each.frame.index)
        yield Broken(name, found, SAYS, (code, name), dataset=each.name)
