"""explained.yaml: what a judge is known to say of right data, and why."""

from __future__ import annotations

from pathlib import Path

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.model import Explained
from cdisc_hai.metadata.shapes import Reader
from cdisc_hai.metadata.spots import Spot, read_spots

FILE = "explained.yaml"
JUDGES = ("core", "own")


def read_ledger(folder: Path, faults: list[Fault]) -> tuple[Explained, ...]:
    """The entries of explained.yaml; none where the study has no such file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    top = Reader(read_spots(path, f"{folder.name}/{FILE}", faults), FILE, faults)
    found = tuple(_entry(judge, at, faults) for judge in JUDGES for at in top.entries(judge))
    top.done()
    return found


def _entry(judge: str, spot: Spot, faults: list[Fault]) -> Explained:
    item = Reader(spot, "an explanation", faults)
    entry = Explained(
        judge=judge,
        rule=item.text("rule", required=True),
        datasets=item.texts("datasets", required=True),
        reason=item.text("reason", required=True),
        where=dict(item.plain("where", {}, "map")),
        at=spot.at,
    )
    item.done()
    return entry
