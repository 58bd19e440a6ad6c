"""Rule AGE-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.moments import years_between
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "AGE-RIGHT",
    "An age has a unit, is not negative, and is what the dates of birth and reference make.",
    mend="count the age anew in completed years, or correct the date of birth",
    datasets=("DM",),
    public=(
        "CORE-000122",
        "CORE-000189",
        "CORE-000190",
        "CORE-000310",
        "CORE-000452",
        "CORE-000453",
        "CG0432",
        "CG0433",
        "CG0434",
        "CG0665",
        "CG0666",
        "FB4001",
    ),
)
def age_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """AGE stands with AGEU (SDTMIG 5.2). In years it lies between the completed years from BRTHDTC
    to the earliest and to the latest of RFICDTC, DMDTC and RFSTDTC, as the guide leaves the
    reference to the sponsor."""
    age = table.number("AGE")
    yield Broken("AGEU", age.notna() & table.empty("AGEU"), "is an age without a unit", ("AGE",))
    yield Broken("AGE", age.isna() & table.filled("AGEU"), "is a unit without an age", ("AGEU",))
    yield Broken("AGE", age.lt(0), "is negative")
    born_first, born_last = table.days("BRTHDTC")
    dates = [table.day(name) for name in ("RFICDTC", "DMDTC", "RFSTDTC")]
    earliest = pd.concat(dates, axis=1).min(axis=1)
    latest = pd.concat(dates, axis=1).max(axis=1)
    low = np.floor(years_between(born_last, earliest) - 0.003)
    high = np.floor(years_between(born_first, latest) + 0.003)
    years = table.is_in("AGEU", ("YEARS",))
    bad = years & age.notna() & (age.lt(low) | age.gt(high))
    yield Broken("AGE", bad, "is not what the dates make", ("AGE", "BRTHDTC", "RFICDTC"))
