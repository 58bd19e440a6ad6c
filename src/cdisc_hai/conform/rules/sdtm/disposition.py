"""Rule DISPOSITION."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_SAME = ("COMPLETED", "INFORMED CONSENT OBTAINED", "RANDOMIZED", "DEATH")


@rule(
    "DISPOSITION",
    "A milestone is named as its list has it, and a disposition stands once in its epoch.",
    mend="write DSTERM as DSDECOD for milestones; keep one disposition of an epoch and subcategory",
    datasets=("DS",),
    needs=("DSDECOD",),
    public=(
        "CORE-000033",
        "CORE-000212",
        "CORE-000213",
        "CORE-000214",
        "CORE-000215",
        "CORE-000322",
        "CORE-000329",
        "CORE-000374",
        "CORE-000586",
        "CG0063",
        "CG0065",
        "CG0066",
        "CG0398",
        "CG0535",
        "CG0536",
        "CG0537",
        "CG0538",
        "CG0539",
    ),
)
def disposition(table: Table, folder: Folder) -> Iterator[Broken]:
    """DSTERM is DSDECOD for protocol milestones and COMPLETED (SDTMIG 6.2.4); a subject has one
    disposition event in an epoch for each DSSCAT."""
    milestone = table.is_in("DSCAT", ("PROTOCOL MILESTONE",))
    done = table.is_in("DSTERM", ("COMPLETED",))
    bad = (milestone | done) & table.text("DSTERM").ne(table.text("DSDECOD"))
    yield Broken("DSTERM", bad, "are not the same", ("DSTERM", "DSDECOD"))
    event = table.is_in("DSCAT", ("DISPOSITION EVENT",)) & table.filled("EPOCH")
    same = table.group("USUBJID", "EPOCH", "DSSCAT")
    twice = event & how_many(event, same).gt(1)
    quotes = ("USUBJID", "EPOCH", "DSSCAT", "DSDECOD")
    yield Broken("DSDECOD", twice, "is one of several dispositions of the epoch", quotes)
