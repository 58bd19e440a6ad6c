"""ODM-XML opened so that nothing outside the file is read and no entity grows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cdisc_hai.errors import RawError

CHUNK = 1 << 20
DOCTYPES = tuple("<!DOCTYPE".encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))


def elements(path: Path) -> Iterator[tuple[str, Any]]:
    """(start or end, element) of a file; names are plain, whatever their namespace.

    Raises RawError where the file is no XML, is no ODM, or brings a document type: ODM has none,
    and its entities could be used to fill the memory or to read other files.
    """
    from lxml import etree  # noqa: PLC0415 - only when ODM is read

    _no_doctype(path)
    try:
        events = etree.iterparse(
            str(path),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        for event, element in events:
            if first and plain(element.tag) != "ODM":
                raise RawError(f"{path.name}: its first element is '{plain(element.tag)}', not ODM")
            first = False
            yield event, element
    except etree.XMLSyntaxError as error:
        raise RawError(
            f"{path.name}:{error.lineno or 1}: not well-formed XML ({error.msg}); the file may be "
            "cut off; export it anew"
        ) from error


def plain(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """An attribute, of whatever namespace, with blanks taken off; empty where it is not there."""
    value = element.get(name)
    if value is None:
        value = next((v for key, v in element.attrib.items() if plain(key) == name), "")
    return str(value).strip()


def _no_doctype(path: Path) -> None:
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            if any(mark in tail + chunk for mark in DOCTYPES):
                raise RawError(
                    f"{path.name}: has a document type (<!DOCTYPE ...>), which is not read; "
                    "export it without one"
                )
            tail = chunk[-32:]
