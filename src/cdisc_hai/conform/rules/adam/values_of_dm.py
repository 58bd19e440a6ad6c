"""Rule ADSL-DM-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import copied
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-DM-VALUE",
    "A variable of DM has the same value in ADSL.",
    mend="copy the value, or give the changed variable a name of its own",
    standard="adam",
    kinds=("ADSL",),
    needs=(
        "USUBJID",
        "DM.USUBJID",
    ),
)
def values_of_dm(table: Table, folder: Folder) -> Iterator[Broken]:
    """A variable copied from SDTM keeps its values; one that is changed needs another name
    (ADaMIG 1.3)."""
    yield from copied(table, folder.get("DM"), ("USUBJID",))
