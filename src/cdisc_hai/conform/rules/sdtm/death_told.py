"""Rule DEATH-AGREES."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.deaths import tellers
from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "DEATH-AGREES",
    "A death that any dataset tells is in DM.",
    mend="write DTHFL and DTHDTC of the subject in DM, or correct the record that tells a death",
    needs=("USUBJID", "DM.USUBJID"),
    datasets=("DS", "DD", "SS", "AE", "CE"),
    public=(
        "CORE-000008",
        "CORE-000108",
        "CORE-000252",
        "CORE-000253",
        "CORE-000254",
        "CORE-000709",
        "CG0132",
        "CG0133",
        "CG0134",
        "CG0135",
        "CG0136",
        "FB0601",
        "FB0602",
        "FB0603",
        "FB0604",
        "FB0605",
        "FB0607",
        "SD1254",
    ),
)
def death_told(table: Table, folder: Folder) -> Iterator[Broken]:
    """A disposition DEATH, any record of DD, a survival status DEAD, a fatal adverse event: each
    asks for DTHFL Y in DM (SDTMIG 5.2)."""
    alive = beside(table, folder.get("DM")).text("DTHFL").ne("Y")
    for name, tells in tellers(table):
        yield Broken(name, tells & alive, "tells a death, but DTHFL in DM is not Y")
