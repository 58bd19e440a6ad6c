"""Rule RESPONSE-SIZE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.spelling import number_of
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESPONSE-SIZE",
    "A complete response leaves no target lesion to be measured.",
    mend="correct the response, or the measurement",
    severity="warning",
    datasets=("RS",),
    needs=("USUBJID", "RSTESTCD", "RSSTRESC", "VISITNUM", "TR.TRTESTCD", "TR.VISITNUM"),
)
def response_size(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where the target or the overall response of a visit is CR, no longest diameter of a target
    lesion is above 0 at that visit (RECIST 1.1, 4.3.1); nodes, which keep a short axis, are
    measured by other tests and not judged."""
    tr = folder.get("TR")
    left = tr.is_in("TRTESTCD", ("LDIAM",)) & number_of(tr, "TRSTRESC").gt(0)
    left &= tr.filled("VISITNUM")
    complete = table.is_in("RSTESTCD", ("OVRLRESP", "TRGRESP")) & table.is_in("RSSTRESC", ("CR",))
    bad = complete & among(table, ("USUBJID", "VISITNUM"), tr, where=left)
    quotes = ("USUBJID", "VISITNUM", "RSTESTCD", "RSSTRESC")
    yield Broken("RSSTRESC", bad, "although a target lesion has a diameter", quotes)
