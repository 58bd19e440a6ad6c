"""Datasets held against the contract of their spec, and against rules for any study's.

Names are loaded when they are first asked for, as pandera takes long to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdisc_hai.conform.check import check_frame
    from cdisc_hai.conform.folder import validate_folder, without_specs
    from cdisc_hai.conform.judging import judge
    from cdisc_hai.conform.related import related_findings
    from cdisc_hai.conform.rules import every_rule
    from cdisc_hai.conform.schema import dataset_schema
    from cdisc_hai.conform.table import Folder

__all__ = [
    "Folder",
    "check_frame",
    "dataset_schema",
    "every_rule",
    "judge",
    "related_findings",
    "validate_folder",
    "without_specs",
]

_HOMES = {
    "Folder": "table",
    "check_frame": "check",
    "dataset_schema": "schema",
    "every_rule": "rules",
    "judge": "judging",
    "related_findings": "related",
    "validate_folder": "folder",
    "without_specs": "folder",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
