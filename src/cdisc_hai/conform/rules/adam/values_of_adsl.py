"""Rule ADAM-ADSL-VALUE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import copied
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-ADSL-VALUE",
    "A variable of ADSL has the same value in another dataset.",
    mend="copy the value from ADSL, or give the changed variable a name of its own",
    standard="adam",
    needs=(
        "USUBJID",
        "ADSL.USUBJID",
    ),
)
def values_of_adsl(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables that are merged in from ADSL keep name and values (ADaMIG 1.3)."""
    if table.kind != "ADSL":
        yield from copied(table, folder.get("ADSL"), ("USUBJID",))
