"""Rule LESION-IDENTIFIED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "LESION-IDENTIFIED",
    "A lesion that is measured was identified, and one that was identified is measured.",
    mend="correct TRLNKID or TULNKID, or complete TU",
    datasets=("TR", "TU"),
    needs=("USUBJID", "--LNKID", "TU.TULNKID", "TR.TRLNKID"),
    public=("CORE-000571", "CG0024"),
)
def lesion_identified(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRLNKID of the subject stands in TULNKID (SDTMIG 6.3.13), and a target or non-target lesion
    of TU in TR. Results of a visit, such as a sum of diameters, have no TRLNKID."""
    if table.prefix == "TR":
        tu = folder.get("TU")
        there = among(table, ("USUBJID", "TRLNKID"), tu, ("USUBJID", "TULNKID"))
        bad = table.filled("TRLNKID") & ~there
        quotes = ("USUBJID", "TRLNKID", "TRTESTCD")
        yield Broken("TRLNKID", bad, "is no lesion of the subject in TU", quotes)
    else:
        tr = folder.get("TR")
        there = among(table, ("USUBJID", "TULNKID"), tr, ("USUBJID", "TRLNKID"))
        kind = table.is_in("TUSTRESC", ("TARGET", "NON-TARGET"))
        bad = table.filled("TULNKID") & kind & ~there
        quotes = ("USUBJID", "TULNKID", "TUSTRESC")
        yield Broken("TULNKID", bad, "has no result in TR", quotes)
