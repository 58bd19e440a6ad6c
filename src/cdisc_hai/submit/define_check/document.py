"""A define as it is read: whatever it says, each element with its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
DEF = "{http://www.cdisc.org/ns/def/v2.1}"
DEF_20 = "{http://www.cdisc.org/ns/def/v2.0}"
ARM = "{http://www.cdisc.org/ns/arm/v1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

GROUP, ITEM_REF, ITEM = f"{ODM}ItemGroupDef", f"{ODM}ItemRef", f"{ODM}ItemDef"
CODELIST, METHOD, COMMENT = f"{ODM}CodeList", f"{ODM}MethodDef", f"{DEF}CommentDef"
VALUE_LIST, WHERE, STANDARD = f"{DEF}ValueListDef", f"{DEF}WhereClauseDef", f"{DEF}Standard"
LEAF, ORIGIN = f"{DEF}leaf", f"{DEF}Origin"


class NotADefine(ValueError):
    """The file is no XML, or no Define-XML 2.1."""


class OtherVersion(ValueError):
    """The file is a define, of a version that is not read."""


class Document:
    """The elements of a define by tag and OID; references that lead nowhere give None."""

    def __init__(self, content: bytes, name: str = "define.xml") -> None:
        self.name = name
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            self.root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise NotADefine(f"is not well-formed XML: {error}") from error
        if self.root.getroottree().docinfo.internalDTD is not None:
            raise NotADefine("has a document type declaration, which a submission may not have")
        if self.root.find(f".//{ODM}MetaDataVersion[@{DEF_20}DefineVersion]") is not None:
            raise OtherVersion("is of Define-XML 2.0, which is not checked here")
        if self.root.find(f".//{ODM}MetaDataVersion[@{DEF}DefineVersion]") is None:
            raise NotADefine("has no MetaDataVersion of Define-XML 2.1")

    def each(self, tag: str) -> Iterator[etree._Element]:
        """The elements of a tag in their order."""
        return self.root.iter(tag)

    @cached_property
    def tables(self) -> dict[str, dict[str, etree._Element]]:
        """The first element of each OID (a leaf's ID), by tag."""
        found: dict[str, dict[str, etree._Element]] = defaultdict(dict)
        for element in self.root.iter("*"):
            oid = element.get("OID") or (element.get("ID") if element.tag == LEAF else None)
            if oid is not None:
                found[str(element.tag)].setdefault(oid, element)
        return found

    def get(self, tag: str, oid: str | None) -> etree._Element | None:
        """The element that an OID names."""
        return self.tables.get(tag, {}).get(oid or "")

    def at(self, element: etree._Element) -> str:
        """Where an element stands: ``define.xml:120``."""
        return f"{self.name}:{element.sourceline}"

    @cached_property
    def groups(self) -> dict[str, etree._Element]:
        """The datasets by name."""
        return {g.get("Name", ""): g for g in self.each(GROUP)}

    def item(self, ref: etree._Element) -> etree._Element | None:
        """The item that an ItemRef names."""
        return self.get(ITEM, ref.get("ItemOID"))

    def variables(self, group: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
        """The variables of a dataset: ItemRef and ItemDef, where both are there."""
        both = [(ref, self.item(ref)) for ref in group.findall(ITEM_REF)]
        return [(ref, item) for ref, item in both if item is not None]

    def variable_of(self, oid: str | None) -> tuple[str, str]:
        """The first dataset that has an item as its variable, and its name; '' for a value's."""
        item = self.get(ITEM, oid)
        owners = self.owners.get(oid or "")
        return (owners[0], item.get("Name", "")) if item is not None and owners else ("", "")

    @cached_property
    def owners(self) -> dict[str, list[str]]:
        """The datasets that have an item as their variable, by its OID."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, group in self.groups.items():
            for ref in group.findall(ITEM_REF):
                found[ref.get("ItemOID", "")].append(name)
        return found


def words(element: etree._Element) -> str:
    """The text of an element's Description."""
    found = element.find(f"{ODM}Description/{ODM}TranslatedText")
    return (found.text or "") if found is not None else ""
