"""One table that holds several forms side by side, taken apart by the export's dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from cdisc_hai.build.draft_words import plain
from cdisc_hai.raw.table import RawTable

BOX, COMPLETE = "___", "_complete"
INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"


@dataclass(frozen=True)
class Instrument:
    """A form of a shared table: its rows and columns, and the condition that finds them."""

    name: str
    table: RawTable
    where: Mapping[str, str] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)


def instruments(
    table: RawTable, tables: Sequence[RawTable], dictionary: Mapping[str, Mapping[str, str]]
) -> list[Instrument]:
    """The forms of the dictionary that have columns in the table; none where it holds only one."""
    told = dictionary.get("items", {})
    items = next((t for t in tables if told and t.file == told["file"]), None)
    if items is None or "form" not in told:
        return []
    pairs = items.frame[[told["item"], told["form"]]].drop_duplicates()
    if pairs[told["item"]].duplicated().any():  # forms with files of their own, all keys in each
        return []
    form_of = dict(zip(pairs[told["item"]], pairs[told["form"]], strict=True))
    columns = list(table.frame.columns)
    first = columns[0]  # the record's own name stands in the first form, and in every row
    owners = {column: _owner(column, form_of) for column in columns if column != first}
    forms = dict.fromkeys(owner for owner in owners.values() if owner)
    if len(forms) < 2:
        return []
    own = {form: [c for c, owner in owners.items() if owner == form] for form in forms}
    system = [c for c in columns if c not in {c for names in own.values() for c in names}]
    return [
        found
        for form, names in own.items()
        if (found := _instrument(table, form, names, system)) is not None
    ]


def boxes(tables: Sequence[RawTable]) -> bool:
    """Whether columns of tables are boxes of a checkbox."""
    return any(BOX in column for table in tables for column in table.frame.columns)


def _owner(column: str, form_of: Mapping[str, str]) -> str:
    """The form that a column belongs to; empty for one of the system."""
    base = column.partition(BOX)[0]
    status = column.removesuffix(COMPLETE)
    if status != column and status in form_of.values():
        return status
    return form_of.get(column) or form_of.get(base, "")


def _instrument(
    table: RawTable, form: str, names: list[str], system: list[str]
) -> Instrument | None:
    """Its rows are named by the repeated instrument, else those with a value of its own. Boxes
    and the form's status have one in rows of other forms too."""
    frame, columns = table.frame, {str(c) for c in table.frame.columns}
    where: dict[str, str] = {}
    filled: tuple[str, ...] = ()
    roles: dict[str, str] = {}
    rows = pd.Series(True, index=frame.index)
    named = frame[INSTRUMENT] if INSTRUMENT in columns else pd.Series("", index=frame.index)
    kinds = [str(kind) for kind in named.unique() if kind]
    repeated = next((kind for kind in kinds if plain(kind) == plain(form)), "")
    if repeated:
        rows, where = named.eq(repeated), {INSTRUMENT: repeated}
        roles = {"repeat": INSTANCE} if INSTANCE in columns else {}
    else:
        filled = tuple(n for n in names if BOX not in n and not n.endswith(COMPLETE))
        filled = filled or tuple(names)
        rows = frame[list(filled)].astype(bool).any(axis=1) & named.eq("")
        if INSTANCE in columns and frame.loc[rows, INSTANCE].ne("").any():
            roles = {"folder_repeat": INSTANCE}
    kept = frame.loc[rows, [*system, *names]]
    if kept.empty:
        return None
    sources = tuple(s for s, keep in zip(table.sources, rows, strict=True) if keep)
    beside = frozenset({INSTRUMENT, INSTANCE, *(n for n in names if n.endswith(COMPLETE))})
    part = RawTable(form, table.file, kept, sources, beside=table.beside | (beside & columns))
    return Instrument(form, part, where, filled, roles)
