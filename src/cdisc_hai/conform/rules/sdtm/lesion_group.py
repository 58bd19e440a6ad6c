"""Rule LESION-GROUP."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.one_to_one import one_meaning
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "LESION-GROUP",
    "A lesion is measured as what it was identified as.",
    mend="correct TRGRPID, or TUSTRESC of the lesion",
    datasets=("TR",),
    needs=("USUBJID", "TRLNKID", "TRGRPID"),
)
def lesion_group(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRGRPID of a lesion is the same throughout, and the TUSTRESC of its TU record where TU uses
    the same words (SDTMIG 6.3.13)."""
    linked = table.filled("TRLNKID")
    found = one_meaning(table, "TRLNKID", "TRGRPID", "USUBJID")
    bad = pd.Series(found.bad) & linked
    quotes = ("USUBJID", "TRLNKID", "TRGRPID")
    yield Broken("TRGRPID", bad, "is another group than the lesion has elsewhere", quotes)
    tu = folder.get("TU")
    group = beside(table, tu, ("USUBJID", "TRLNKID"), ("USUBJID", "TULNKID")).text("TUSTRESC")
    words = frozenset(tu.distinct("TUSTRESC"))
    if words and set(table.distinct("TRGRPID")) & words:
        differs = linked & table.is_in("TRGRPID", words) & group.ne("")
        differs &= table.text("TRGRPID").ne(group)
        extra = {"TUSTRESC": group}
        says = "is not what the lesion was identified as"
        yield Broken("TRGRPID", differs, says, (*quotes, "TUSTRESC"), beside=extra)
        lacks = linked & table.empty("TRGRPID")
        yield Broken("TRGRPID", lacks, "has no group", ("USUBJID", "TRLNKID"))
