"""Rule BDS-BASEC-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import unlike_baseline
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASEC-RIGHT",
    "BASEC is AVALC of the baseline record.",
    mend="derive BASEC from the record flagged ABLFL",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "PARAMCD",
        "ABLFL",
        "AVALC",
        "BASEC",
    ),
)
def base_text_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """The value of the flagged record stands on every record of the subject, parameter and kind
    of baseline (ADaMIG 1.3)."""
    wrong, right = unlike_baseline(table, "AVALC", "BASEC")
    yield Broken(
        "BASEC", wrong, "is not AVALC of the baseline record", ("BASEC",), {"baseline": right}
    )
