"""Every reference resolves, every OID is one element's, nothing is defined in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.submit.define_check.case import Case
from cdisc_hai.submit.define_check.document import (
    ARM,
    CODELIST,
    COMMENT,
    DEF,
    GROUP,
    ITEM,
    LEAF,
    METHOD,
    ODM,
    STANDARD,
    VALUE_LIST,
    WHERE,
    XLINK,
)

# (element, attribute) to what it names; an element of "" is any
_REFERENCES: dict[tuple[str, str], str] = {
    (f"{ODM}ItemRef", "ItemOID"): ITEM,
    (f"{ODM}ItemRef", "MethodOID"): METHOD,
    (f"{ODM}CodeListRef", "CodeListOID"): CODELIST,
    (f"{ODM}RangeCheck", f"{DEF}ItemOID"): ITEM,
    (f"{DEF}ValueListRef", "ValueListOID"): VALUE_LIST,
    (f"{DEF}WhereClauseRef", "WhereClauseOID"): WHERE,
    (f"{DEF}DocumentRef", "leafID"): LEAF,
    ("", f"{DEF}CommentOID"): COMMENT,
    ("", f"{DEF}StandardOID"): STANDARD,
    ("", f"{DEF}ArchiveLocationID"): LEAF,
    (f"{ARM}AnalysisResult", "ParameterOID"): ITEM,
    (f"{ARM}AnalysisDataset", "ItemGroupOID"): GROUP,
    (f"{ARM}AnalysisVariable", "ItemOID"): ITEM,
}
_USED = (ITEM, CODELIST, METHOD, COMMENT, VALUE_LIST, WHERE, STANDARD)


def references(case: Case) -> Iterator[Finding]:
    """An attribute that names an element names one that is there."""
    used: dict[str, set[str]] = {tag: set() for tag in {*_REFERENCES.values()}}
    for element in case.document.root.iter("*"):
        tag = str(element.tag)
        for attribute, oid in map(_texts, element.attrib.items()):
            wanted = _REFERENCES.get((tag, attribute)) or _REFERENCES.get(("", attribute))
            if wanted is None:
                continue
            used[wanted].add(oid)
            if case.document.get(wanted, oid) is None:
                yield case.tell(
                    "REFERENCE", element,
                    f"{_plain(tag)} names {_plain(wanted)} '{oid}', which is not there",
                )  # fmt: skip
    for tag in _USED:
        for oid, element in case.document.tables.get(tag, {}).items():
            if oid not in used[tag]:
                yield case.tell(
                    "UNUSED", element, f"nothing refers to {_plain(tag)} '{oid}'",
                    severity="warning",
                )  # fmt: skip


def unique_oids(case: Case) -> Iterator[Finding]:
    """No two elements of a kind share an OID."""
    seen: Counter[tuple[str, str]] = Counter()
    for element in case.document.root.iter("*"):
        oid = element.get("OID") or (element.get("ID") if element.tag == LEAF else None)
        if oid is not None:
            seen[str(element.tag), oid] += 1
            if seen[str(element.tag), oid] == 2:
                yield case.tell(
                    "OID", element, f"two elements {_plain(str(element.tag))} are called '{oid}'"
                )


def files(case: Case) -> Iterator[Finding]:
    """Every document and dataset that is named lies in the folder of the define."""
    for leaf in case.document.each(LEAF):
        href = leaf.get(f"{XLINK}href", "")
        if not _lies_in(case.folder, href):
            yield case.tell(
                "FILE", leaf, f"names the file '{href}', which does not lie beside the define",
                dataset=_dataset_of(leaf),
            )  # fmt: skip


def _lies_in(folder: Path, href: str) -> bool:
    try:
        path = (folder / href).resolve()
        return bool(href) and path.is_relative_to(folder.resolve()) and path.is_file()
    except OSError:  # no name that a file could have
        return False


def _dataset_of(leaf: etree._Element) -> str:
    parent = leaf.getparent()
    return parent.get("Name", "") if parent is not None and parent.tag == GROUP else ""


def _texts(pair: tuple[object, object]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]
