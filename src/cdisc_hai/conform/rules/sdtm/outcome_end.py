"""Rule AE-OUTCOME."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_ENDED = ("RECOVERED/RESOLVED", "RECOVERED/RESOLVED WITH SEQUELAE")
_GOES_ON = ("NOT RECOVERED/NOT RESOLVED", "RECOVERING/RESOLVING")


@rule(
    "AE-OUTCOME",
    "An event that resolved has an end, one that did not has none.",
    mend="complete or remove AEENDTC, or correct AEOUT",
    severity="warning",
    datasets=("AE",),
    needs=("AEOUT", "AEENDTC"),
    public=("CORE-000657", "CORE-000659", "FB3409", "FB3410", "SD0021"),
)
def outcome_end(table: Table, folder: Folder) -> Iterator[Broken]:
    """AEENDTC is filled where AEOUT is RECOVERED/RESOLVED, with sequelae or without, and empty
    where it is NOT RECOVERED/NOT RESOLVED; an event without end has a relation to a reference point
    where the dataset has one (SDTMIG 6.2.1, 4.4.7)."""
    end, quotes = table.filled("AEENDTC"), ("AEOUT", "AEENDTC")
    lacks = table.is_in("AEOUT", _ENDED) & ~end
    yield Broken("AEENDTC", lacks, "has no end", ("AEOUT",))
    extra = table.is_in("AEOUT", _GOES_ON[:1]) & end
    yield Broken("AEENDTC", extra, "has an end", quotes)
    for name in ("AEENRTPT", "AEENRF"):
        if table.has(name) and table.filled(name).any():
            bad = table.is_in("AEOUT", _GOES_ON) & ~end & table.empty(name)
            yield Broken(name, bad, "does not say that it goes on", ("AEOUT",))
