"""Rule ADAM-FLAG-YES."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import matching
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADAM-FLAG-YES",
    "A flag of single records is Y or empty.",
    mend="leave the flag empty where it is not Y",
    standard="adam",
)
def flag_yes(table: Table, folder: Folder) -> Iterator[Broken]:
    """ABLFL, ANLzzFL, ONTRTFL, LVOTFL and the occurrence flags mark some records and leave the
    others empty (ADaMIG 1.3, OCCDS)."""
    for name in matching(table, r"ABLFL|ANL\d\dFL|ONTRTFL|LVOTFL|AOCC\w*FL"):
        yield Broken(name, table.is_in(name, ("N",)), "is N; such a flag is Y or empty")
