"""Rule BDS-SOURCE-DATE."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_FEW = 0.02


@rule(
    "BDS-SOURCE-DATE",
    "A record is dated as the record that it comes from.",
    mend="name the record that the value comes from, or correct the date",
    severity="warning",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=("USUBJID", "SRCDOM", "SRCSEQ", "ADT"),
)
def source_date(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where ADT is a date of the record in SRCDOM for at least 98 of 100 records of a parameter and
    domain, those where it is none are told (ADaMIG 1.3, data point traceability). Datasets that
    were not given, and partial dates of the source, are not judged."""
    for name in table.distinct("SRCDOM"):
        other = folder.get(name)
        adam = other.standard == "adam"
        number = "ASEQ" if adam else f"{other.prefix}SEQ"
        dates = [d for d in (_OF_ADAM if adam else _OF_SDTM) if other.has(d)]
        if not dates or not other.has("USUBJID", number):
            continue
        source = beside(table, other, ("USUBJID", "SRCSEQ"), ("USUBJID", number))
        found = [source.number(d) if adam else source.carried(other.day(d), np.nan) for d in dates]
        told = table.number("ADT")
        here = table.is_in("SRCDOM", (name,)) & source.found & told.notna() & found[0].notna()
        off = here & ~np.logical_or.reduce([one.eq(told) for one in found])
        kind = table.group("PARAMCD")[here]
        share = off[here].groupby(kind).transform("mean").reindex(table.frame.index, fill_value=1.0)
        bad = off & share.le(_FEW)
        yield Broken(
            "SRCSEQ", bad, f"is a record of {name} with another date", ("SRCDOM", "SRCSEQ")
        )


_OF_ADAM = ("ADT", "ASTDT", "AENDT")
_OF_SDTM = ("--DTC", "--STDTC", "--ENDTC")
