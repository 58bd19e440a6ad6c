"""Wide forms made long: one block of records for each group of columns, or for each box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.model import Block
from cdisc_hai.metadata.shapes import Reader
from cdisc_hai.metadata.spots import Spot

TICKED = ("1", "Checked", "true")


def expanded(block: Block, item: Reader, faults: list[Fault]) -> tuple[Block, ...]:
    """The block itself, or one of the same name for each entry of ``long`` or ``checked``.

    Each gives columns by another name (``columns``) and constant ones (``values``); rows come in
    where the first column has a value, or the box is ticked.
    """
    long, checked = item.entries("long"), item.get("checked", "map")
    if long and checked:
        faults.append(item.spot.fault("a block has 'long' or 'checked', not both"))
    if long:
        return _alike(tuple(_long(block, entry, faults) for entry in long))
    if checked:
        return tuple(_boxes(block, checked, faults))
    return (block,)


def _long(block: Block, spot: Spot, faults: list[Fault]) -> Block:
    entry = Reader(spot, "an entry of 'long'", faults)
    columns = dict(entry.plain("columns", {}, "map", required=True))
    values = dict(entry.plain("values", {}, "map"))
    where = dict(entry.plain("where", {}, "map"))
    entry.done()
    first = next(iter(columns.values()), None)
    needed: dict[str, Any] = {str(first): {"is": "present"}} if first and not where else {}
    params = {**block.params, "columns": columns, "values": values}
    return replace(block, where={**block.where, **needed, **where}, params=params, at=spot.at)


def _alike(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A name that only some groups give is empty in the others, unless it is a column's own."""
    given = [{**b.params["columns"], **b.params["values"]} for b in blocks]
    names = {name for own in given for name, behind in own.items() if behind != name}
    return tuple(
        replace(
            block,
            params={
                **block.params,
                "values": {
                    **dict.fromkeys(sorted(names - own.keys()), ""),
                    **block.params["values"],
                },
            },
        )
        for block, own in zip(blocks, given, strict=True)
    )


def _boxes(block: Block, spot: Spot, faults: list[Fault]) -> Iterator[Block]:
    entry = Reader(spot, "'checked'", faults)
    name = entry.text("name", required=True)
    ticked = entry.texts("ticked") or TICKED
    boxes = entry.items("boxes", required=True)
    entry.done()
    for column, at in boxes:
        params = {**block.params, "columns": {}, "values": {name: at.plain()}, "box": column}
        yield replace(block, where={**block.where, column: list(ticked)}, params=params, at=at.at)


def typed_value(block: Block, column: str) -> Any:
    """What the spec types for a name of the block; None where it types nothing."""
    return (block.params.get("values") or {}).get(column)


def beside(block: Block, column: str) -> tuple[str, str] | None:
    """The other form and its column behind a name that ``with`` gives; None for any other."""
    for entry in block.params.get("with") or []:
        if column in entry["columns"]:
            return str(entry["form"]), str(entry["columns"][column])
    return None


def source_column(block: Block, column: str) -> str | None:
    """The form's column behind a name of the block; None for one that is typed in the spec. The
    words of a box are behind the box, which was ticked."""
    if column in (block.params.get("values") or {}):
        return block.params.get("box")
    return str((block.params.get("columns") or {}).get(column, column))
