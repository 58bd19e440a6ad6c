"""Rule DOMAIN-RIGHT."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.sdtm.specs import SUPP


@rule(
    "DOMAIN-RIGHT",
    "DOMAIN is the dataset's own, and RDOMAIN the parent's.",
    mend="write the dataset's domain, or move the record to its own dataset",
    public=(
        "CORE-000598",
        "CORE-000180",
        "CORE-000538",
        "CG0308",
        "CG0334",
        "CG0413",
    ),
    told_by=("CONTRACT-DOMAIN",),
)
def domain_right(table: Table, folder: Folder) -> Iterator[Broken]:
    """A dataset's name begins with DOMAIN (SDTMIG 4.1.3), and that of supplemental qualifiers ends
    with RDOMAIN (SDTMIG 8.4)."""
    if table.has("DOMAIN"):
        domain = table.name[:2]
        yield Broken("DOMAIN", ~table.is_in("DOMAIN", (domain,)), f"is not '{domain}'")
    if table.has("RDOMAIN") and table.name.startswith(SUPP):
        parent = table.name.removeprefix(SUPP)[:2]
        yield Broken("RDOMAIN", ~table.is_in("RDOMAIN", (parent,)), f"is not '{parent}'")
