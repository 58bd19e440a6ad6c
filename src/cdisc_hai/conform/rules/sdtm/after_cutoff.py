"""Rule DATE-CUTOFF."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.conform.trial import parameter


@rule(
    "DATE-CUTOFF",
    "Nothing is collected or begins after the data cut-off.",
    mend="take the record out, or correct its date",
    needs=("TS.TSPARMCD", "TS.TSVAL", "USUBJID"),
)
def after_cutoff(table: Table, folder: Folder) -> Iterator[Broken]:
    """--DTC and --STDTC, and the reference dates of DM, are not after the cut-off in TS
    (DCUTDTC), as far as partial dates say. End dates may be planned, and are not judged."""
    cutoff = parameter(folder, "DCUTDTC")
    if not cutoff:
        return
    names = ("--DTC", "--STDTC", "RFSTDTC", "RFICDTC", "RFXSTDTC", "RFXENDTC", "DTHDTC", "BRTHDTC")
    for name in names:
        if table.has(name):
            bad = surely_before(pd.Series(cutoff, index=table.frame.index), table.text(name))
            yield Broken(name, bad, f"is after the data cut-off {cutoff}")
