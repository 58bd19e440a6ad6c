"""Rule ARM-DOSED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ARM-DOSED",
    "A subject with an actual arm was dosed, and a dosed one has an actual arm.",
    mend="correct ACTARMCD and ARMNRS, or EX",
    severity="warning",
    datasets=("DM",),
    needs=("USUBJID", "ACTARMCD", "EX.USUBJID"),
    public=(
        "CORE-000366",
        "CORE-000790",
        "CORE-000885",
        "CORE-000886",
        "CORE-000887",
        "CORE-000927",
        "CORE-001064",
        "CG0109",
        "FB2301",
        "FB2302",
        "FB2304",
        "FB2305",
        "FB2306",
        "FB2505",
    ),
)
def arm_dosed(table: Table, folder: Folder) -> Iterator[Broken]:
    """ACTARMCD is filled for the subjects of EX, unless ARMNRS says UNPLANNED TREATMENT, and for no
    other (SDTMIG 5.2)."""
    dosed = among(table, ("USUBJID",), folder.get("EX"))
    extra = table.filled("ACTARMCD") & ~dosed
    quotes = ("USUBJID", "ACTARMCD")
    yield Broken("ACTARMCD", extra, "is an actual arm without exposure", quotes)
    unplanned = table.is_in("ARMNRS", ("UNPLANNED TREATMENT",))
    lacks = dosed & table.empty("ACTARMCD") & ~unplanned
    yield Broken("ACTARMCD", lacks, "is in EX and has no actual arm", ("USUBJID", "ARMNRS"))
