"""Rule SUPP-NAME."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.guide import sdtm_guide


@rule(
    "SUPP-NAME",
    "A supplemental qualifier is no variable of the parent's domain.",
    mend="write the value into the parent's variable, or give the qualifier another name",
    datasets=("SUPP*", "SQ*"),
    needs=("QNAM", "RDOMAIN"),
    told_by=("CONTRACT-QNAM",),
)
def qualifier_name(table: Table, folder: Folder) -> Iterator[Broken]:
    """QNAM is neither a variable that the parent has, nor one that SDTMIG 3.4 gives its domain
    (SDTMIG 8.4: qualifiers are for what no variable holds)."""
    guide = sdtm_guide()
    for domain in table.distinct("RDOMAIN"):
        known = set(folder.get(domain).columns)
        listed = guide.dataset(domain) if guide else None
        known |= set(listed.variables) if listed else set()
        bad = table.is_in("RDOMAIN", (domain,)) & table.is_in("QNAM", known - {""})
        yield Broken("QNAM", bad, f"is a variable of {domain} itself")
