"""Rule BDS-BASE-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import unlike_baseline
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASE-RIGHT",
    "BASE is AVAL of the baseline record.",
    mend="derive BASE from the record flagged ABLFL",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "PARAMCD",
        "ABLFL",
        "AVAL",
        "BASE",
    ),
)
def base_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """The value of the flagged record stands on every record of the subject, parameter and kind
    of baseline (ADaMIG 1.3)."""
    wrong, right = unlike_baseline(table, "AVAL", "BASE")
    yield Broken(
        "BASE", wrong, "is not AVAL of the baseline record", ("BASE",), {"baseline": right}
    )
