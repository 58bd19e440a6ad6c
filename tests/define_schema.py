"""The schema of Define-XML 2.1 with ARM 1.0, as odmlib carries it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree


@cache
def _schema() -> etree.XMLSchema:
    path = files("odmlib") / "schemas" / "arm" / "1.0-define2.1" / "arm1-0-0.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def schema_faults(define: bytes) -> list[str]:
    """Everything in which a define breaks the schema."""
    schema = _schema()
    schema.validate(etree.fromstring(define))
    return [f"{error.line}: {error.message}" for error in schema.error_log]
