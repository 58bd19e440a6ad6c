"""Rule BDS-SOURCE-RECORD."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-SOURCE-RECORD",
    "SRCSEQ is the number of a record of the subject in SRCDOM.",
    mend="name the record that the value comes from",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "SRCDOM",
        "SRCSEQ",
    ),
)
def source_record(table: Table, folder: Folder) -> Iterator[Broken]:
    """The number is --SEQ of an SDTM domain or ASEQ of an analysis dataset (ADaMIG 1.3).
    Datasets that were not given are not judged."""
    for name in table.distinct("SRCDOM"):
        other = folder.get(name)
        number = "ASEQ" if other.standard == "adam" else f"{other.prefix}SEQ"
        if other.has("USUBJID", number):
            here = table.is_in("SRCDOM", (name,)) & table.filled("SRCSEQ")
            known = among(table, ("USUBJID", "SRCSEQ"), other, ("USUBJID", number))
            yield Broken("SRCSEQ", here & ~known, f"is no record of the subject in {name}")
