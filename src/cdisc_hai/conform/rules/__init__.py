"""The rules, one file each: ``shared`` for every dataset, ``sdtm`` and ``adam`` for their own.

A new rule is a new file here and its cases in ``tests/conform/rules/ID.yaml``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from cdisc_hai.conform.rule import Rule, registered


@cache
def every_rule() -> Mapping[str, Rule]:
    """All rules by id."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        import_module(module.name)
    return registered()
