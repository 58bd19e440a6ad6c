"""Rule VISIT-SV."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "VISIT-SV",
    "A subject's visit is in SV.",
    mend="add the visit to SV, or correct VISITNUM",
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
    needs=("USUBJID", "VISITNUM", "SV.VISITNUM", "SV.USUBJID"),
    public=(
        "CORE-000168",
        "CG0034",
    ),
)
def visit_in_sv(table: Table, folder: Folder) -> Iterator[Broken]:
    """SV holds every visit of a subject at which something was recorded (SDTMIG 5.5)."""
    there = among(table, ("USUBJID", "VISITNUM"), folder.get("SV"))
    bad = table.filled("VISITNUM") & ~there
    yield Broken("VISITNUM", bad, "is no visit of the subject in SV", ("USUBJID", "VISITNUM"))
