"""Rule KEY-SEQUENCE."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_OWN = {"TS": ("STUDYID", "TSPARMCD"), "OI": ("OIPARMCD",), "CO": ("STUDYID", "USUBJID")}


@rule(
    "KEY-SEQUENCE",
    "A sequence number is a whole number above 0 and stands once for a subject.",
    mend="number the records of each subject anew",
    needs=("--SEQ",),
    public=(
        "CORE-000544",
        "CORE-000154",
        "CG0028",
        "CG0268",
    ),
    told_by=("CONTRACT-SEQ",),
)
def sequence(table: Table, folder: Folder) -> Iterator[Broken]:
    """--SEQ identifies a record within its subject and domain (SDTMIG 4.1.5), TSSEQ within its
    parameter (SDTMIG 7.4.2)."""
    number = table.number("--SEQ")
    odd = table.empty("--SEQ") | number.le(0) | number.ne(np.floor(number))
    yield Broken("--SEQ", odd, "is no whole number above 0")
    by = _OWN.get(table.prefix, ("USUBJID", "POOLID", "APID"))
    same = table.group(*(n for n in by if table.has(n)), "--SEQ")
    bad = ~odd & how_many(~odd, same).gt(1)
    quotes = (by[-1] if table.prefix in ("TS", "OI") else "USUBJID", "--SEQ")
    yield Broken("--SEQ", bad, "stands in more than one record", quotes)
