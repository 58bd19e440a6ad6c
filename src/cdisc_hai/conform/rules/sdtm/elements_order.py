"""Rule ELEMENT-CHAIN."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "ELEMENT-CHAIN",
    "A subject's elements follow one another without a gap.",
    mend="write the start of the next element as the end of the one before",
    datasets=("SE",),
    needs=("USUBJID", "SESTDTC", "SEENDTC"),
    public=("CORE-000352", "CORE-000527", "CORE-000535", "CG0207", "CG0209", "CG0662"),
)
def elements_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """SEENDTC is the SESTDTC of the subject's next element, and only the last may have none
    (SDTMIG 5.3); --SEQ follows the starts."""
    start, end = table.text("SESTDTC"), table.text("SEENDTC")
    frame = pd.DataFrame({"subject": table.group("USUBJID"), "start": start})
    order = frame.sort_values(["subject", "start"], kind="stable")
    follows = order.groupby("subject")["start"].shift(-1).reindex(frame.index)
    bad = follows.notna() & end.ne(follows)
    quotes, extra = ("SEENDTC", "next start"), {"next start": follows.fillna("")}
    yield Broken("SEENDTC", bad, "is not the start of the next element", quotes, beside=extra)
    number = table.number("SESEQ").reindex(order.index)
    sinks = number.lt(number.groupby(order["subject"]).shift(1)).reindex(frame.index)
    yield Broken("SESEQ", sinks, "is not in the order of SESTDTC", ("SESEQ", "SESTDTC"))
