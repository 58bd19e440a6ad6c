"""Rule COMMENT-RELATED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "COMMENT-RELATED",
    "A comment on a record has no date of its own, and its text begins in COVAL.",
    mend="take CODTC out, or the reference; write the text from COVAL on",
    datasets=("CO",),
    public=(
        "CORE-000017",
        "CORE-000090",
        "CORE-000158",
        "CORE-000187",
        "CG0163",
        "CG0164",
        "CG0166",
        "CG0168",
    ),
)
def comments(table: Table, folder: Folder) -> Iterator[Broken]:
    """IDVAR and IDVARVAL need RDOMAIN; CODTC is empty where the comment refers to a record; a later
    part of the text (COVAL1) needs the earlier (SDTMIG 5.1)."""
    related = table.filled("IDVAR")
    for name in ("IDVAR", "IDVARVAL"):
        bad = table.filled(name) & table.empty("RDOMAIN")
        yield Broken("RDOMAIN", bad, "does not say of which dataset", (name,))
    dated = related & table.filled("CODTC")
    yield Broken("CODTC", dated, "is a date of its own", ("IDVAR", "CODTC"))
    yield Broken("COVAL", table.empty("COVAL"), "says nothing", ("USUBJID",))
    parts = sorted(n for n in table.columns if n[:5] == "COVAL" and n[5:].isdigit())
    for one, other in zip(["COVAL", *parts], parts, strict=False):
        bad = table.filled(other) & table.empty(one)
        yield Broken(other, bad, f"goes on, but {one} is empty", ())
