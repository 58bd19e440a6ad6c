"""Rule RANGE-INDICATOR."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_SAYS = {"LOW": -1, "LOW LOW": -1, "NORMAL": 0, "HIGH": 1, "HIGH HIGH": 1}


@rule(
    "RANGE-INDICATOR",
    "HIGH, LOW and NORMAL are what the result and its range say.",
    mend="derive --NRIND anew from --STRESN, --STNRLO and --STNRHI",
    kinds=("FINDINGS",),
    needs=("--NRIND", "--STRESN"),
)
def range_indicator(table: Table, folder: Folder) -> Iterator[Broken]:
    """--NRIND agrees with the numeric result against --STNRLO and --STNRHI (SDTMIG 6.3.5.6); both
    limits are normal. A word of its own (ABNORMAL) is not judged."""
    value = table.number("--STRESN")
    low, high = table.number("--STNRLO"), table.number("--STNRHI")
    place = value.gt(high).astype(float) - value.lt(low).astype(float)
    known = value.notna() & (low.notna() | high.notna())
    codes, distinct = table.spelled("--NRIND")
    said = pd.Series([_SAYS.get(t, np.nan) for t in distinct])[codes].set_axis(value.index)
    quotes = ("--NRIND", "--STRESN", "--STNRLO", "--STNRHI")
    bad = known & said.notna() & said.ne(place)
    # within a range that is open on the other side nothing is surely normal
    bad &= ~(said.ne(0) & place.eq(0) & (low.isna() | high.isna()))
    yield Broken("--NRIND", bad, "do not agree", quotes)
