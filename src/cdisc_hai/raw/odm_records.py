"""The records of an ODM-XML file: snapshots, and transactions played to their end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cdisc_hai.raw.odm_metadata import OdmMetadata
from cdisc_hai.raw.odm_xml import attribute, elements, plain

LEVELS = ("SubjectData", "StudyEventData", "FormData", "ItemGroupData")
OIDS = {
    "SubjectData": ("SubjectKey", ""),
    "StudyEventData": ("StudyEventOID", "StudyEventRepeatKey"),
    "FormData": ("FormOID", "FormRepeatKey"),
    "ItemGroupData": ("ItemGroupOID", "ItemGroupRepeatKey"),
}
DEFINITIONS = frozenset(
    {
        "StudyEventDef",
        "FormDef",
        "ItemGroupDef",
        "ItemDef",
        "CodeList",
        "StudyName",
        "MeasurementUnit",
        "Location",
    }
)
UNIT = "\0unit"
SHORT = 40  # texts up to here are shared between records: codes, dates, words of lists

Key = tuple[str, ...]
"""Study, subject, event and its repeat, form and its repeat, group and its repeat, and which
record of these keys it is, from 1: keys that stand twice in a snapshot are two records."""


@dataclass
class Records:
    """Records by their keys, in the order in which they first come: values by item OID."""

    items: dict[Key, dict[str, str]] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    removed: int = 0

    def remove(self, start: Key) -> None:
        """Take out a record, or all records of a form, an event or a subject."""
        gone = [key for key in self.items if key[: len(start)] == start]
        self.removed += len(gone)
        for key in gone:
            del self.items[key]


def read_records(path: Path, *, by_form: bool = False) -> tuple[Records, OdmMetadata]:
    """One pass over a file; audit records, queries and annotations are passed over.

    ``by_form`` makes one record of all groups of a form. Raises RawError for what is no ODM.
    """
    walk = _Walk(by_form)
    for event, element in elements(path):
        if event == "start":
            walk.start(plain(element.tag), element)
        else:
            walk.end(plain(element.tag), element)
    return walk.records, walk.metadata


class _Walk:
    """Where in the file the reader is. What has been taken in is freed at once."""

    def __init__(self, by_form: bool) -> None:
        self.by_form = by_form
        self.metadata, self.records = OdmMetadata(), Records()
        self.place: dict[str, tuple[str, str]] = {}
        self.study, self.transactional = "", False
        self.key: Key | None = None
        self.times: Counter[Key] = Counter()
        self.shared: dict[str, str] = {}

    def start(self, kind: str, element: Any) -> None:
        if kind == "ODM":
            self.transactional = attribute(element, "FileType") == "Transactional"
        elif kind == "ClinicalData":
            self.study = attribute(element, "StudyOID")
        elif kind in LEVELS:
            oid, repeat = (attribute(element, name) if name else "" for name in OIDS[kind])
            for lower in LEVELS[LEVELS.index(kind) :]:
                self.place.pop(lower, None)
            self.place[kind] = (oid, repeat)
            name = attribute(element, "SubjectName")
            if kind == "SubjectData" and name:
                self.records.subjects[oid] = name
            if kind == ("FormData" if self.by_form else "ItemGroupData"):
                self.times[self._keys("ItemGroupData")] += 1
            if kind == "ItemGroupData":
                self._open()

    def _open(self) -> None:
        key = self._keys("ItemGroupData")
        counted = (*key[:-2], "", "") if self.by_form else key
        number = "1" if self.transactional else str(max(self.times[counted], 1))
        self.key = (*key, number)
        self.records.items.setdefault(self.key, {})

    def _keys(self, kind: str) -> Key:
        """The keys down to a level; a record of a whole form leaves out the group's name."""
        parts = [self.study]
        for level in LEVELS[: LEVELS.index(kind) + 1]:
            oid, repeat = self.place.get(level, ("", ""))
            if level == "ItemGroupData" and self.by_form:
                oid = ""
            parts.extend((oid,) if level == "SubjectData" else (oid, repeat))
        return tuple(parts)

    def end(self, kind: str, element: Any) -> None:
        if kind in DEFINITIONS:
            self.metadata.take(element)
        elif kind.startswith("ItemData") and self.key is not None:
            self._item(element, self.records.items.setdefault(self.key, {}))
        elif kind == "SiteRef" and "SubjectData" in self.place:
            self.records.sites[self.place["SubjectData"][0]] = attribute(element, "LocationOID")
        elif kind in LEVELS:
            if attribute(element, "TransactionType") == "Remove":
                self.records.remove(self._keys(kind))
            self.place.pop(kind, None)
            self.key = None if kind == "ItemGroupData" else self.key
        if kind in LEVELS or kind in DEFINITIONS or kind in ("AuditRecord", "ClinicalData"):
            element.clear()

    def _item(self, element: Any, items: dict[str, str]) -> None:
        oid = attribute(element, "ItemOID")
        if attribute(element, "TransactionType") == "Remove":
            items.pop(oid, None)
            return
        given = element.get("Value")
        value = (element.text or "" if given is None else given).strip()
        if attribute(element, "IsNull") == "Yes":
            value = ""
        items[oid] = self.shared.setdefault(value, value) if len(value) <= SHORT else value
        for child in element:
            if plain(child.tag) == "MeasurementUnitRef":
                unit = attribute(child, "MeasurementUnitOID")
                items[oid + UNIT] = self.metadata.units.get(unit, unit)
