"""Rule CODED-ALIKE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import highest
from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--TRT", "--DECOD"), ("--TERM", "--DECOD"), ("--TRT", "--CLASCD"))


@rule(
    "CODED-ALIKE",
    "The same words are coded alike.",
    mend="code the record as the others with these words",
    severity="warning",
    kinds=("EVENTS", "INTERVENTIONS"),
    needs=("USUBJID",),
)
def coded_alike(table: Table, folder: Folder) -> Iterator[Broken]:
    """Records with one --TERM or --TRT have one --DECOD (SDTMIG 4.3.5), within their category; the
    rarer coding is told, and one that is not coded where the others are."""
    within = ("--CAT",) if table.has("--CAT") else ()
    for words, code in _PAIRS:
        if not table.has(words, code) or table.prefix == "DS":
            continue
        yield one_meaning(table, words, code, *within)
        coded = table.filled(code)
        others = highest(coded.astype(int), table.group(words, *within)).eq(1)
        lacks = table.filled(words) & ~coded & others
        yield Broken(code, lacks, "is not coded as the others with these words", (words,))
