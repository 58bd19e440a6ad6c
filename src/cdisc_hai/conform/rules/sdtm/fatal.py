"""Rule AE-FATAL."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "AE-FATAL",
    "A fatal outcome, death as a criterion and grade 5 go together.",
    mend="correct the outcome, the criterion or the grade",
    datasets=("AE",),
    needs=("AEOUT",),
    public=("CORE-001078", "FB0609"),
)
def fatal(table: Table, folder: Folder) -> Iterator[Broken]:
    """AEOUT FATAL, AESDTH Y and AETOXGR 5 say the same (SDTMIG 6.2.1; CTCAE: grade 5 is death)."""
    out = table.is_in("AEOUT", ("FATAL",))
    for name, word in (("AESDTH", "Y"), ("AETOXGR", "5")):
        if not table.has(name):
            continue
        told, filled = table.is_in(name, (word,)), table.filled(name)
        quotes = ("AEOUT", name)
        yield Broken("AEOUT", told & ~out, "is not FATAL", quotes)
        yield Broken(name, out & filled & ~told, f"is not {word}, but the outcome is FATAL", quotes)
