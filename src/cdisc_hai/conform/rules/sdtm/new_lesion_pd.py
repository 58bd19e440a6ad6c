"""Rule LESION-NEW."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "LESION-NEW",
    "A new lesion at an assessment makes its overall response progression.",
    mend="correct the response, or the new lesion",
    severity="warning",
    datasets=("RS",),
    needs=("USUBJID", "RSTESTCD", "RSSTRESC", "VISITNUM", "TU.TUSTRESC", "TU.VISITNUM"),
)
def new_lesion_pd(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where TU has a lesion identified as NEW at a visit, the overall response of that visit is PD
    or NE (RECIST 1.1, 4.3.5). A lesion that TR calls EQUIVOCAL at the visit is not judged."""
    tu = folder.get("TU")
    tr, lesion = folder.get("TR"), ("USUBJID", "TULNKID", "VISITNUM")
    open_ = tr.is_in("TRSTRESC", ("EQUIVOCAL",)) & tr.filled("TRLNKID")
    unsure = among(tu, lesion, tr, ("USUBJID", "TRLNKID", "VISITNUM"), where=open_)
    new = tu.is_in("TUSTRESC", ("NEW", "NEW LESION")) & ~unsure
    seen = among(table, ("USUBJID", "VISITNUM"), tu, where=new & tu.filled("VISITNUM"))
    overall = table.is_in("RSTESTCD", ("OVRLRESP",))
    bad = overall & seen & table.is_in("RSSTRESC", ("CR", "PR", "SD", "NON-CR/NON-PD", "NED"))
    quotes = ("USUBJID", "VISITNUM", "RSSTRESC")
    yield Broken("RSSTRESC", bad, "although TU has a new lesion at the visit", quotes)
