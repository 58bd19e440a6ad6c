"""Rule ADSL-REQUIRED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_REQUIRED = (
    "STUDYID",
    "USUBJID",
    "SUBJID",
    "SITEID",
    "AGE",
    "AGEU",
    "SEX",
    "RACE",
    "ARM",
    "TRT01P",
)


@rule(
    "ADSL-REQUIRED",
    "ADSL has the variables that the guide requires.",
    mend="add the variable",
    standard="adam",
    kinds=("ADSL",),
    public=(
        "AD0047",
        "AD0049",
        "AD0050",
        "AD0051",
        "AD0052",
        "AD0055",
    ),
)
def required_variables(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADaMIG 1.3: these are Required in ADSL."""
    for name in _REQUIRED:
        if not table.has(name):
            yield Broken(name, None, "is required in ADSL and is not there")
