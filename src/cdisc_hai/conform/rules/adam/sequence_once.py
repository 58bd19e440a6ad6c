"""Rule ADAM-SEQUENCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-SEQUENCE",
    "ASEQ tells the records of a subject apart.",
    mend="number the records of each subject anew",
    standard="adam",
    needs=(
        "USUBJID",
        "ASEQ",
    ),
)
def sequence_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """ASEQ is unique within a subject and dataset (ADaMIG 1.3)."""
    same = how_many(table.filled("ASEQ"), table.group("USUBJID", "ASEQ"))
    bad = table.filled("ASEQ") & same.gt(1)
    yield Broken("ASEQ", bad, "stands in more than one record", ("USUBJID", "ASEQ"))
