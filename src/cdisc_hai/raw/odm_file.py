"""ODM-XML (1.3, 1.3.2) as tables: one a group of items, or one a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import OdmLayout
from cdisc_hai.metadata.raw_layout import ODM_KEYS as KEYS
from cdisc_hai.raw.odm_metadata import OdmMetadata
from cdisc_hai.raw.odm_records import UNIT, Key, Records, read_records
from cdisc_hai.raw.table import RawTable

SUFFIXES = (".xml", ".odm")
Row = tuple[int, Key, dict[str, str]]


@dataclass(frozen=True)
class OdmFile:
    """The tables of a file, and its dictionary."""

    tables: tuple[RawTable, ...]
    metadata: OdmMetadata


def read_odm(path: Path, layout: OdmLayout | None = None) -> OdmFile:
    """Read one file.

    Columns are the ``KEYS``, those of the layout, and the items by name (by OID where the file has
    no definitions, or two items of a table one name); a unit collected with an item
    is a column ``NAME_unit``. Rows are named by their keys, as
    ``odm.xml:SUBJECT/EVENT/FORM/GROUP[repeat]``. Raises RawError for what is no ODM.
    """
    layout = layout or OdmLayout()
    records, metadata = read_records(path, by_form=layout.by_form)
    return OdmFile(tuple(_Tables(path.name, metadata, records, layout).all()), metadata)


class _Tables:
    def __init__(
        self, file: str, metadata: OdmMetadata, records: Records, layout: OdmLayout
    ) -> None:
        self.file, self.metadata, self.records, self.layout = file, metadata, records, layout
        self.kind = "FormDef" if layout.by_form else "ItemGroupDef"
        kinds = ("StudyEventDef", "FormDef", "ItemGroupDef", "ItemDef")
        self.names = {kind: metadata.unique(kind) for kind in kinds}

    def all(self) -> Iterator[RawTable]:
        """One table for each group (or form) that is defined, or has a record."""
        tables: dict[str, list[Row]] = {
            oid: [] for kind, oid in self.metadata.names if kind == self.kind
        }
        for number, (key, items) in enumerate(self.records.items.items(), 1):
            if items:
                oid = key[4] if self.layout.by_form else key[6]
                tables.setdefault(oid, []).append((number, key, items))
        for oid, rows in tables.items():
            yield self._table(oid, rows)

    def _table(self, oid: str, rows: list[Row]) -> RawTable:
        name = self.names[self.kind].get(oid, oid)
        columns = self._key_columns([key for _, key, _ in rows])
        for title, how in self.layout.columns.items():
            columns[title] = [_made(text, how) for text in columns[str(how["key"])]]
        beside = set(columns)
        for item, title in self._titles(oid, rows).items():
            cells = [items.get(item, "") for _, _, items in rows]
            columns[title] = cells
            decodes = self.metadata.decodes(item)
            if decodes and self.layout.decode_suffix:
                columns[title + self.layout.decode_suffix] = [decodes.get(c, "") for c in cells]
            if item.endswith(UNIT):
                beside.add(title)
        index = pd.Index([number for number, _, _ in rows], dtype="int64")
        frame = pd.DataFrame(
            {c: pd.Series(cells, index=index, dtype=object) for c, cells in columns.items()},
            index=index,
        )
        place = f"{self.file}!{name}"
        sources = tuple(f"{self.file}:{_told(key)}" for _, key, _ in rows)
        others = (oid, self.metadata.names.get((self.kind, oid), oid))
        return RawTable(
            name, place, frame, sources, self._notes(), beside=frozenset(beside), others=others
        )

    def _titles(self, oid: str, rows: list[Row]) -> dict[str, str]:
        """Column titles by item OID: those of the definition, then others as they come."""
        groups = self.metadata.members.get(oid, []) if self.layout.by_form else [oid]
        items = [item for group in groups for item in self.metadata.members.get(group, [])]
        items = list(dict.fromkeys([*items, *(i for _, _, found in rows for i in found)]))
        names = [self.metadata.names.get(("ItemDef", i.removesuffix(UNIT)), i) for i in items]
        titles = {}
        for item, name in zip(items, names, strict=True):
            base = item.removesuffix(UNIT)
            same = [i for i, n in zip(items, names, strict=True) if n == name and UNIT not in i]
            title = name if len(same) <= 1 and name not in KEYS else base
            titles[item] = title.removesuffix(UNIT) + ("_unit" if item.endswith(UNIT) else "")
        return titles

    def _key_columns(self, keys: list[Key]) -> dict[str, list[str]]:
        names, study = self.names, self.metadata.study.get("StudyName", "")
        columns: dict[str, list[str]] = {key: [] for key in KEYS}
        for study_oid, subject, event, event_n, form, form_n, group, group_n, _ in keys:
            site = self.records.sites.get(subject, "")
            told = (
                *(study_oid, study or study_oid, site, self.metadata.sites.get(site, site)),
                *(subject, self.records.subjects.get(subject, subject)),
                *(event, names["StudyEventDef"].get(event, event), event_n),
                *(form, names["FormDef"].get(form, form), form_n, group, group_n),
            )
            for title, text in zip(KEYS, told, strict=True):
                columns[title].append(text)
        return columns

    def _notes(self) -> tuple[Finding, ...]:
        if not self.records.removed:
            return ()
        return (
            Finding(
                rule="RAW-REMOVED",
                severity="note",
                message=f"the file's transactions remove {self.records.removed} records",
                sources=(f"{self.file}:1",),
                mend="nothing to mend",
            ),
        )


def _made(text: str, how: Mapping[str, Any]) -> str:
    """A column made of a key: ``values`` puts another text in its place, ``after`` and ``before``
    cut it at the first time that a mark stands in it."""
    values = how.get("values") or {}
    if text in values:
        return str(values[text] or "")
    for mark, part in ((how.get("after"), 2), (how.get("before"), 0)):
        if mark and str(mark) in text:
            text = text.partition(str(mark))[part]
    return text


def _told(key: Key) -> str:
    """The keys as people read them; nothing in it parts a list of sources."""
    _, subject, *levels, number = key
    parts = [subject]
    for oid, repeat in zip(levels[::2], levels[1::2], strict=True):
        if oid or repeat:
            parts.append(f"{oid}[{repeat}]" if repeat else oid)
    again = f"#{number}" if number != "1" else ""
    return ("/".join(parts) + again).replace(";", ",").replace(":", ".") or "1"
