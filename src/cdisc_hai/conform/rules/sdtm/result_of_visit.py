"""Rule RESPONSE-LINKED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "RESPONSE-LINKED",
    "The link of an assessment leads from its response to its lesions.",
    mend="correct --LNKGRP",
    severity="note",
    datasets=("TR", "RS"),
    needs=("USUBJID", "--LNKGRP", "TR.TRLNKGRP", "RS.RSLNKGRP"),
    public=("CORE-000358", "CG0022"),
)
def result_of_visit(table: Table, folder: Folder) -> Iterator[Broken]:
    """TRLNKGRP and RSLNKGRP of a subject name the same assessments (SDTMIG 6.3.13). A word that no
    other record of the dataset or of the other has is told, as it joins nothing."""
    other = folder.get("RS" if table.prefix == "TR" else "TR")
    mine = "--LNKGRP"
    words = frozenset(other.distinct(f"{other.prefix}LNKGRP"))
    alone = how_many(table.filled(mine), table.group(mine)).le(1)
    bad = table.filled(mine) & alone & ~table.is_in(mine, words)
    yield Broken(mine, bad, "joins nothing", ("USUBJID", mine))
    lacks = table.empty(mine)
    if table.prefix == "TR" and 0 < lacks.sum() <= _FEW * len(lacks):
        yield Broken(mine, lacks, "has no link to its response", ("USUBJID", "TRLNKID"))


_FEW = 0.02
