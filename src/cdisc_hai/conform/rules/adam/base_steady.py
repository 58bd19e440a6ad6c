"""Rule BDS-BASE-STEADY."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import baseline_group
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-BASE-STEADY",
    "A subject has one baseline of a parameter.",
    mend="write one baseline on all records, or add BASETYPE",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "USUBJID",
        "PARAMCD",
        "BASE",
    ),
)
def base_steady(table: Table, folder: Folder) -> Iterator[Broken]:
    """BASE is the same on all records of a subject, parameter and kind of baseline that have it
    (ADaMIG 1.3)."""
    base, group = table.number("BASE"), baseline_group(table)
    bad = base.notna() & base.ne(base.groupby(group).transform("median"))
    yield Broken(
        "BASE", bad, "differs from others of the subject and parameter", ("PARAMCD", "BASE")
    )
