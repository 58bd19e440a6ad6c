"""Rule OCC-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCC-ONCE",
    "An occurrence flag stands once a subject, class or term.",
    mend="flag the first record of each group only",
    standard="adam",
    kinds=("OCCDS",),
    needs=("USUBJID",),
)
def occurrence_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """AOCCFL and AOCCIFL mark one record a subject, AOCCSFL and AOCCSIFL one a body system,
    AOCCPFL and AOCCPIFL one a preferred term (ADaM OCCDS)."""
    classes = matching(table, r"[A-Z]{2}BODSYS")[:1] or matching(table, r"AESOC")
    terms = matching(table, r"[A-Z]{2}DECOD")[:1]
    for flag in matching(table, r"AOCC(P|S)?I?FL"):
        level = flag.replace("AOCC", "")[0]
        inside = {"S": classes, "P": [*classes, *terms]}.get(level, [])
        on = table.is_in(flag, ("Y",))
        bad = on & how_many(on, table.group("USUBJID", *inside)).gt(1)
        yield Broken(flag, bad, "stands in more than one record", ("USUBJID", *inside))
