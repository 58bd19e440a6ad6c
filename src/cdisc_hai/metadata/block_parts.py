"""The parts of records that are mappings of their own: their keys, known and missing ones."""

from __future__ import annotations

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.shapes import Reader


def check_parts(item: Reader, faults: list[Fault]) -> None:
    """Tell the faults of ``gather``, ``with``, ``first`` and ``rows`` of a block."""
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
    _check_with(item, faults)
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


def _check_with(item: Reader, faults: list[Fault]) -> None:
    beside = item.get("with")
    if beside is None:
        return
    if not isinstance(beside.value, list):
        faults.append(beside.fault("'with' is to be a list of forms with their columns"))
    for entry in beside.value if isinstance(beside.value, list) else []:
        one = Reader(entry, "an entry of 'with'", faults)
        one.text("form", required=True)
        one.get("columns", "map", required=True)
        one.get("match", "map")
        one.get("where", "map")
        if one.text("pick", "first") not in ("first", "last"):
            faults.append(entry.fault("'pick' of 'with' is first or last"))
        one.done()
