"""Rule SEQUENCE-GAP."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import lowest
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SEQUENCE-GAP",
    "Sequence numbers of a subject begin at 1 and leave none out.",
    mend="look for the records that are lacking, or number anew",
    severity="note",
    needs=("--SEQ", "USUBJID"),
)
def sequence_gap(table: Table, folder: Folder) -> Iterator[Broken]:
    """A gap in --SEQ is allowed (SDTMIG 4.1.5), but where nearly all subjects have none it says
    that a record was lost or a number was changed; the record after the gap is told."""
    number, subject = table.number("--SEQ"), table.group("USUBJID")
    order = number.groupby(subject).rank(method="first")
    after = number.ne(order) & number.notna()
    first = after & number.eq(lowest(number.where(after), subject))
    if first.sum() <= _FEW * subject.nunique():
        yield Broken("--SEQ", first, "follows a number that is not there", ("USUBJID", "--SEQ"))


_FEW = 0.1
