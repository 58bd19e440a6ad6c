"""Rule ADSL-WHOLE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ADSL-WHOLE",
    "Every subject of DM is in ADSL.",
    mend="add the subject to ADSL, or say in the reviewer's guide who is left out",
    standard="adam",
    severity="note",
    once=True,
)
def subjects_of_dm(table: Table, folder: Folder) -> Iterator[Broken]:
    """ADaMIG lets a producer leave subjects out of ADSL, such as screen failures; a reviewer
    wants to know which."""
    adsl, dm = folder.get("ADSL"), folder.get("DM")
    if adsl.has("USUBJID") and dm.has("USUBJID"):
        known = among(dm, ("USUBJID",), adsl)
        bad = dm.filled("USUBJID") & ~known
        yield Broken("USUBJID", bad, "is not in ADSL", dataset="DM")
