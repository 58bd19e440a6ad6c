"""Rule TRIAL-CODES."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "TRIAL-CODES",
    "A value of the trial summary from a dictionary has its code and the dictionary's version.",
    mend="complete TSVALCD and TSVCDVER",
    severity="warning",
    datasets=("TS",),
    needs=("TSVCDREF",),
    public=("CORE-000152", "CORE-000728", "CG0265", "FB0904"),
)
def summary_codes(table: Table, folder: Folder) -> Iterator[Broken]:
    """TSVALCD and TSVCDVER are filled for all values of a dictionary where they are for most of
    them (SDTMIG 7.4); within one dictionary a code has one value."""
    referred, by = table.filled("TSVCDREF") & table.filled("TSVAL"), table.group("TSVCDREF")
    for name in ("TSVALCD", "TSVCDVER"):
        share = table.filled(name).where(referred).astype(float).groupby(by).transform("mean")
        lacks = referred & table.empty(name) & share.ge(0.5)
        yield Broken(name, lacks, "is missing", ("TSPARMCD", "TSVCDREF"))
    if table.has("TSVALCD", "TSVAL"):
        yield one_meaning(table, "TSVALCD", "TSVAL", "TSVCDREF")
