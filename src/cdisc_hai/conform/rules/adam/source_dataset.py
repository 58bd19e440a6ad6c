"""Rule BDS-SOURCE-DATASET."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.analysis import known_in
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "BDS-SOURCE-DATASET",
    "SRCVAR is a variable of SRCDOM.",
    mend="name the dataset and the variable that the value comes from",
    standard="adam",
    kinds=("BDS", "TTE"),
    needs=(
        "SRCDOM",
        "SRCVAR",
    ),
)
def source_dataset(table: Table, folder: Folder) -> Iterator[Broken]:
    """SRCDOM, SRCVAR and SRCSEQ name the source of AVAL (ADaMIG 1.3). Datasets that were not
    given are not judged."""
    for name in table.distinct("SRCDOM"):
        other = folder.get(name)
        if other.columns:
            here = table.is_in("SRCDOM", (name,)) & table.filled("SRCVAR")
            known = [v for v in table.distinct("SRCVAR") if known_in(other, v, folder)]
            bad = here & ~table.is_in("SRCVAR", known)
            yield Broken("SRCVAR", bad, f"is no variable of {name}")
