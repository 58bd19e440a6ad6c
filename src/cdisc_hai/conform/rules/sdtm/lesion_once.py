"""Rule LESION-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_WITHIN = ("USUBJID", "TULNKID", "TUTESTCD", "TUEVAL", "TUEVALID")


@rule(
    "LESION-ONCE",
    "A lesion is identified once, and has a link to its results.",
    mend="keep one record of the lesion; give every lesion a TULNKID",
    datasets=("TU",),
    needs=("USUBJID", "TULNKID"),
)
def lesion_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """TULNKID names one lesion of a subject and evaluator (SDTMIG 6.3.13); a target or non-target
    lesion has one, and a place (TULOC)."""
    known = table.filled("TULNKID")
    bad = known & how_many(known, table.group(*_WITHIN)).gt(1)
    yield Broken("TULNKID", bad, "is identified more than once", ("USUBJID", "TULNKID"))
    tumour = table.is_in("TUTESTCD", ("TUMIDENT", "TUSPLIT", "TUMERGE", "LESIDENT"))
    quotes = ("USUBJID", "TUTESTCD", "TUSTRESC")
    yield Broken("TULNKID", tumour & ~known, "has no link to its results", quotes)
    if table.has("TULOC"):
        lacks = tumour & table.empty("TULOC") & table.filled("TUSTRESC")
        yield Broken("TULOC", lacks, "has no place", ("USUBJID", "TULNKID"))
