"""Rule ADSL-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-ONCE",
    "ADSL has one record a subject.",
    mend="keep one record of the subject",
    standard="adam",
    kinds=("ADSL",),
    needs=("USUBJID",),
    public=("AD0054",),
)
def subject_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADSL holds exactly one record for each subject (ADaMIG 1.3)."""
    same = how_many(table.filled("USUBJID"), table.group("USUBJID"))
    yield Broken("USUBJID", table.filled("USUBJID") & same.gt(1), "has more than one record")
