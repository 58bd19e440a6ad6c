"""Rule ADAM-SUBJECT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-SUBJECT",
    "A subject of an analysis dataset is in ADSL.",
    mend="correct the subject, or add the record to ADSL",
    standard="adam",
    needs=(
        "USUBJID",
        "ADSL.USUBJID",
    ),
)
def subject_in_adsl(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADSL holds every subject that any analysis dataset has (ADaMIG 1.3)."""
    if table.kind != "ADSL":
        known = among(table, ("USUBJID",), folder.get("ADSL"))
        yield Broken("USUBJID", table.filled("USUBJID") & ~known, "is not in ADSL")
