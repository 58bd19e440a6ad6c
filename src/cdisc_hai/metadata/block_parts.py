"""The parts of records that are mappings of their own: their keys, known and missing ones."""

from __future__ import annotations

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.shapes import Reader


def check_parts(item: Reader, faults: list[Fault]) -> None:
    """Tell the faults of ``gather``, ``first`` and ``rows`` of a block."""
    gathered = item.get("gather")
    for entry in gathered.value if gathered and isinstance(gathered.value, list) else []:
        one = Reader(entry, "an entry of 'gather'", faults)
        one.text("form", required=True)
        one.text("start", required=True)
        one.text("end")
        one.get("where", "map")
        one.done()
    if gathered and not isinstance(gathered.value, list):
        faults.append(gathered.fault("'gather' is to be a list of forms with their dates"))
    first = item.get("first")
    if first is not None:
        one = Reader(first, "'first'", faults)
        one.text("date", required=True)
        one.texts("by", required=True)
        one.done()
    rows = item.get("rows")
    for row in rows.value if rows and isinstance(rows.value, list) else []:
        if not isinstance(row.value, dict):
            faults.append(row.fault("a row is a mapping of names to values"))
    if rows and not isinstance(rows.value, list):
        faults.append(rows.fault("'rows' is to be a list of mappings"))
