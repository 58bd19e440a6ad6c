"""Rule TTE-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TTE-ONCE",
    "A subject has one time of a parameter.",
    mend="keep one record, or tell the records apart by ANL01FL or an analysis visit",
    standard="adam",
    kinds=("TTE",),
    severity="warning",
    needs=(
        "USUBJID",
        "PARAMCD",
    ),
)
def time_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """Each subject enters a survival analysis once (ADaM BDS for time-to-event analyses)."""
    if not table.has("AVISIT") and not matching(table, r"ANL\d\dFL"):
        same = how_many(table.filled("PARAMCD"), table.group("USUBJID", "PARAMCD"))
        yield Broken("PARAMCD", same.gt(1), "has more than one time", ("USUBJID", "PARAMCD"))
