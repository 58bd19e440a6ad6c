"""Rule END-ONGOING."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "END-ONGOING",
    "What is ongoing at a reference point has not ended before it.",
    mend="take the end date out, or correct the relation",
    kinds=("EVENTS", "INTERVENTIONS"),
    needs=("--ENRTPT", "--ENTPT"),
)
def ended_and_ongoing(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ENRTPT ONGOING or AFTER beside an --ENDTC that is before --ENTPT contradicts itself
    (SDTMIG 4.4.7), and so does a reference point before --STDTC for what is ongoing."""
    on = table.is_in("--ENRTPT", ("ONGOING", "AFTER"))
    point = table.text("--ENTPT")
    bad = on & surely_before(table.text("--ENDTC"), point)
    yield Broken("--ENRTPT", bad, "but it has ended", ("--ENRTPT", "--ENTPT", "--ENDTC"))
    unborn = on & surely_before(point, table.text("--STDTC"))
    yield Broken("--ENTPT", unborn, "is before the start", ("--ENTPT", "--STDTC"))
