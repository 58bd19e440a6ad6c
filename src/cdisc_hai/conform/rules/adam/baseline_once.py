"""Rule BDS-BASELINE-ONCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import baseline_group
from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASELINE-ONCE",
    "A subject has one baseline record of a parameter.",
    mend="flag one record only, or add BASETYPE",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "PARAMCD",
        "ABLFL",
    ),
)
def baseline_once(table: Table, folder: Folder) -> Iterator[Broken]:
    """ABLFL marks one record of a subject, parameter and kind of baseline (ADaMIG 1.3)."""
    on = table.is_in("ABLFL", ("Y",))
    bad = on & how_many(on, baseline_group(table)).gt(1)
    yield Broken("ABLFL", bad, "stands in more than one record", ("USUBJID", "PARAMCD"))
