"""A define drawn by its templates: XML with every text escaped, the same bytes every time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2

from cdisc_hai.submit.define.model import Define

STYLESHEET = "define2-1.xsl"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_define(define: Define, templates: Path) -> bytes:
    """The document in UTF-8; a character that XML cannot hold becomes ``?``."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_xml_text,
    )
    text = environment.get_template("define.xml.j2").render(define=define, stylesheet=STYLESHEET)
    return text.encode("utf-8")


def _xml_text(value: Any) -> Any:
    return type(value)(_NOT_XML.sub("?", value)) if isinstance(value, str) else value
