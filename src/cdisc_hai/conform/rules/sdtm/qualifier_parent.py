"""Rule SUPP-PARENT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.parents import pointed_at
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SUPP-PARENT",
    "A supplemental qualifier has its parent record.",
    mend="correct RDOMAIN, IDVAR or IDVARVAL, or take the qualifier out",
    datasets=("SUPP*", "SQ*", "CO"),
    needs=("RDOMAIN", "USUBJID"),
    public=(
        "CORE-000134",
        "CORE-000135",
        "CORE-000206",
        "CORE-000218",
        "CORE-000457",
        "CORE-000502",
        "CG0203",
        "CG0204",
        "CG0369",
        "CG0371",
        "CG0373",
        "CG0465",
        "SD0072",
        "SD0077",
    ),
    told_by=("CONTRACT-PARENT",),
)
def qualifier_parent(table: Table, folder: Folder) -> Iterator[Broken]:
    """RDOMAIN is a dataset of the folder; IDVAR is one of its variables and IDVARVAL a value of it
    for the subject; without IDVAR the subject is in the parent (SDTMIG 8.4, 5.1). IDVAR and
    IDVARVAL stand together, and only DM's qualifiers and comments may have none."""
    named, valued = table.filled("IDVAR"), table.filled("IDVARVAL")
    quotes = ("RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL")
    yield Broken("IDVAR", valued & ~named, "is a value of no variable", quotes)
    yield Broken("IDVARVAL", named & ~valued, "names a variable without a value", quotes)
    if table.prefix != "CO":
        bare = ~named & ~table.is_in("RDOMAIN", ("DM", ""))
        yield Broken("IDVAR", bare, "does not name the record of the parent", quotes)
    judged = table.filled("RDOMAIN") & named.eq(valued)
    bad = judged & ~pointed_at(table, folder)
    yield Broken("IDVARVAL", bad, "has no parent record", quotes)
