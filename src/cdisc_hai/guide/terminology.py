"""Controlled terminology as NCI distributes it: tab-delimited text, or ODM-XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from cdisc_hai.errors import CdiscHaiError

_ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
_NCI = "{http://ncicb.nci.nih.gov/xml/odm/EVS/CDISC}"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODE, _LIST, _OPEN, _NAME = (
    "Code", "Codelist Code", "Codelist Extensible (Yes/No)", "Codelist Name",
)  # fmt: skip
_VALUE, _SYNONYMS, _PREFERRED, _STANDARD = (
    "CDISC Submission Value", "CDISC Synonym(s)", "NCI Preferred Term", "Standard and Date",
)  # fmt: skip
_NEEDED = (_CODE, _LIST, _OPEN, _NAME, _VALUE)


class TerminologyError(CdiscHaiError):
    """A file of terminology cannot be used."""

    exit_code = 2


@dataclass(frozen=True)
class NciTerm:
    """A term: its submission value, its C-code, and other words for it."""

    value: str
    code: str
    words: tuple[str, ...] = ()


@dataclass
class NciCodelist:
    """A codelist with its terms by submission value."""

    code: str
    name: str
    extensible: bool
    terms: dict[str, NciTerm] = field(default_factory=dict)


@dataclass(frozen=True)
class Terminology:
    """The codelists of one or more files by C-code, and the dates that the files tell."""

    codelists: Mapping[str, NciCodelist]
    dates: tuple[str, ...]


def read_terminology(files: Iterable[Path]) -> Terminology:
    """The codelists of several files; TerminologyError where one cannot be used."""
    codelists: dict[str, NciCodelist] = {}
    dates: set[str] = set()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise TerminologyError(f"{file}: {error.strerror}; name a readable file") from error
        found, told = _read(file, content)
        codelists.update(found)
        dates.update(told)
    return Terminology(codelists, tuple(sorted(dates)))


def _read(file: Path, content: bytes) -> tuple[dict[str, NciCodelist], set[str]]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found, dates = _of_xml(file, content)
    else:
        found, dates = _of_text(file, _decoded(content))
    if not found:
        raise TerminologyError(f"{file}: no codelist in it; give the file as NCI distributes it")
    return found, dates


def _decoded(content: bytes) -> str:
    """UTF-8, or what older files of NCI were written in."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_text(file: Path, text: str) -> tuple[dict[str, NciCodelist], set[str]]:
    lines = text.splitlines()
    names = [name.strip() for name in lines[0].split("\t")] if lines else []
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise TerminologyError(
            f"{file}: no column '{missing[0]}'; give NCI's tab-delimited text or its ODM-XML"
        )
    rows = [dict(zip(names, map(_unquoted, line.split("\t")), strict=False)) for line in lines[1:]]
    rows = [row for row in rows if row.get(_CODE)]
    found = {
        row[_CODE]: NciCodelist(row[_CODE], row.get(_NAME, ""), _yes(row.get(_OPEN, "")))
        for row in rows
        if not row.get(_LIST)
    }
    for row in rows:
        codelist = found.get(row.get(_LIST, ""))
        if codelist is not None:
            value = row.get(_VALUE, "")
            codelist.terms[value] = NciTerm(value, row[_CODE], tuple(_words(row)))
    return found, set(_DATE.findall(" ".join(row.get(_STANDARD, "") for row in rows)))


def _unquoted(cell: str) -> str:
    """A cell whose text has quotes stands in quotes, the inner ones doubled."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"')
    return cell


def _words(row: Mapping[str, str]) -> Iterator[str]:
    yield from (word.strip() for word in row.get(_SYNONYMS, "").split(";") if word.strip())
    if row.get(_PREFERRED):
        yield row[_PREFERRED]


def _yes(text: str | None) -> bool:
    return (text or "").strip().casefold() == "yes"


def _of_xml(file: Path, content: bytes) -> tuple[dict[str, NciCodelist], set[str]]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TerminologyError(f"{file}: it declares a DOCTYPE; terminology files of NCI have none")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TerminologyError(f"{file}: not XML: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise TerminologyError(f"{file}: it declares a DOCTYPE; terminology files of NCI have none")
    found = {}
    for item in root.iter(f"{_ODM}CodeList"):
        codelist = NciCodelist(
            _code_of(item), item.get("Name", ""), _yes(item.get(f"{_NCI}CodeListExtensible"))
        )
        for term in item.iter(f"{_ODM}EnumeratedItem"):
            value = term.get("CodedValue", "")
            words = [e.text or "" for tag in _WORDS for e in term.iter(f"{_NCI}{tag}")]
            codelist.terms[value] = NciTerm(value, term.get(f"{_NCI}ExtCodeID", ""), tuple(words))
        found[codelist.code] = codelist
    heads = [root, *root.iter(f"{_ODM}MetaDataVersion")]
    told = " ".join(v for head in heads for k, v in head.attrib.items() if k in _TELLING)
    return found, set(_DATE.findall(told))


_WORDS = ("CDISCSynonym", "PreferredTerm")
_TELLING = ("OID", "Name", "Description", "FileOID")


def _code_of(item: etree._Element) -> str:
    """The C-code as NCI's own attribute, or within the OID (``CL.C66742.NY``)."""
    found = re.search(r"C\d+", item.get("OID", ""))
    return item.get(f"{_NCI}ExtCodeID") or (found[0] if found else "")
