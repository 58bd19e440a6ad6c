"""define.html: CDISC's stylesheet applied, as browsers are giving up doing that themselves.

The stylesheet is Lex Jansen's define2-1.xsl (MIT), as the package defineutils carries it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree

from cdisc_hai.submit.define.render import STYLESHEET


def stylesheet() -> bytes:
    """The stylesheet as it lies beside a define."""
    return (files("defineutils") / "definehtml" / STYLESHEET).read_bytes()


def define_html(define: bytes) -> bytes:
    """The page that the stylesheet makes of a define, in UTF-8; no network, no other file."""
    page = _transformation()(etree.fromstring(define, _parser())).getroot()
    head = page.find("head")
    if head is not None:  # the stylesheet leaves browsers to guess
        head.insert(0, head.makeelement("meta", {"charset": "utf-8"}))
    text = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text.rstrip()}\n".encode()


@cache
def _transformation() -> etree.XSLT:
    closed = etree.XSLTAccessControl(  # type: ignore[call-arg]  # the stubs know no arguments
        read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
    )
    return etree.XSLT(etree.fromstring(stylesheet(), _parser()), access_control=closed)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
