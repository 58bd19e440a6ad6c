"""What an ODM file says of its forms: MetaDataVersion, the dictionary of the export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cdisc_hai.raw.odm_xml import attribute, plain


@dataclass
class OdmMetadata:
    """Names, members and codes by OID. Several versions in a file add up; the last one counts."""

    study: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    codelist: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def take(self, element: Any) -> None:
        """Take in what one closed element tells; others are passed over."""
        kind = plain(element.tag)
        if kind in ("StudyEventDef", "FormDef", "ItemGroupDef", "ItemDef"):
            self._definition(kind, element)
        elif kind == "CodeList":
            self._codes(element)
        elif kind == "StudyName":
            self.study["StudyName"] = _text(element)
        elif kind == "MeasurementUnit":
            self.units[attribute(element, "OID")] = attribute(element, "Name")
        elif kind == "Location":
            self.sites[attribute(element, "OID")] = attribute(element, "Name")

    def _definition(self, kind: str, element: Any) -> None:
        oid = attribute(element, "OID")
        self.names[kind, oid] = attribute(element, "Name") or oid
        members = [
            next((attribute(c, a) for a in ("FormOID", "ItemGroupOID", "ItemOID") if c.get(a)), "")
            for c in element
            if plain(c.tag) in ("FormRef", "ItemGroupRef", "ItemRef")
        ]
        if kind != "ItemDef":
            self.members[oid] = list(dict.fromkeys(filter(None, members)))
            return
        self.types[oid] = attribute(element, "DataType")
        for child in element:
            if plain(child.tag) == "CodeListRef":
                self.codelist[oid] = attribute(child, "CodeListOID")
            elif plain(child.tag) == "Question":
                self.labels[oid] = _text(child)

    def _codes(self, element: Any) -> None:
        oid = attribute(element, "OID")
        self.names["CodeList", oid] = attribute(element, "Name") or oid
        table = self.codes.setdefault(oid, {})
        for item in element:
            if plain(item.tag) in ("CodeListItem", "EnumeratedItem"):
                table[attribute(item, "CodedValue")] = _text(item)

    def named(self, kind: str, oid: str) -> str:
        """The name of a thing where no other of its kind is called the same; else its OID."""
        return self.unique(kind).get(oid, oid)

    def unique(self, kind: str) -> dict[str, str]:
        """The names of a kind by OID; those that two share are left out."""
        found = {oid: name for (k, oid), name in self.names.items() if k == kind}
        folded = [name.casefold() for name in found.values()]
        once = {name for name in folded if folded.count(name) == 1}
        return {oid: name for oid, name in found.items() if name.casefold() in once}

    def decodes(self, item: str) -> dict[str, str]:
        """The words for the codes of an item; empty where it has none."""
        return self.codes.get(self.codelist.get(item, ""), {})


def _text(element: Any) -> str:
    """The first text within an element."""
    return next((part.strip() for part in element.itertext() if part.strip()), "")
