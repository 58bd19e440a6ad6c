"""Rule END-REFERENCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (("--ENRTPT", "--ENTPT"), ("--STRTPT", "--STTPT"))
_WORDS = {
    "--ENRTPT": ("BEFORE", "COINCIDENT", "ONGOING", "AFTER", "UNKNOWN", "U"),
    "--STRTPT": ("BEFORE", "COINCIDENT", "AFTER", "UNKNOWN", "U"),
}


@rule(
    "END-REFERENCE",
    "A relation to a reference point and the point stand together.",
    mend="write both, or none",
    public=(
        "CORE-000084",
        "CORE-000085",
        "CORE-000106",
        "CORE-000171",
        "CORE-000257",
        "CORE-000258",
        "CORE-000261",
        "CORE-000265",
        "CORE-000324",
        "CORE-000572",
        "CG0045",
        "CG0046",
        "CG0057",
        "CG0058",
        "CG0059",
        "CG0060",
        "CG0061",
        "CG0062",
        "CG0234",
        "CG0235",
        "FB4401",
        "FB4402",
    ),
)
def end_point(table: Table, folder: Folder) -> Iterator[Broken]:
    """--ENRTPT stands with --ENTPT, --STRTPT with --STTPT, in one of the words of their list
    (SDTMIG 4.4.7)."""
    for relation, point in _PAIRS:
        lacks = table.filled(relation) & table.empty(point)
        yield Broken(point, lacks, "has no reference point", (relation,))
        bare = table.filled(point) & table.empty(relation)
        yield Broken(relation, bare, "is a reference point without relation", (point,))
        other = table.filled(relation) & ~table.is_in(relation, _WORDS[relation])
        yield Broken(relation, other, "is no relation to a reference point")
