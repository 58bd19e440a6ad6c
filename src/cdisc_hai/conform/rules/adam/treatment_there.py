"""Rule ADAM-TREATMENT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-TREATMENT",
    "An analysis dataset names the treatment of its records.",
    mend="add TRTP or TRTA, or the TRTxxP and TRTxxA of ADSL",
    standard="adam",
    severity="warning",
)
def treatment_there(table: Table, folder: Folder) -> Iterator[Broken]:
    """A record-level or subject-level treatment is there in BDS and OCCDS (ADaMIG 1.3)."""
    named = matching(table, r"TRT[PA]|TRT\d\d[PA]|TRTSEQ[PA]|TSEQPG\d[PA]?")
    if table.kind and not named:
        yield Broken("", None, "names no treatment")
