"""The use cases: everything that the commands do, from Python.

The room can also be called: ``from cdisc_hai import build; build(raw=..., out=...)`` is
``build.build_study``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdisc_hai.build.check import validate
    from cdisc_hai.build.core_report import conformance
    from cdisc_hai.build.define import build_define
    from cdisc_hai.build.init import draft_specs
    from cdisc_hai.build.inspect_raw import check_raw
    from cdisc_hai.build.queries import write_queries
    from cdisc_hai.build.result import BuildResult
    from cdisc_hai.build.spec import spec_check
    from cdisc_hai.build.study import build_adam, build_sdtm, build_study
    from cdisc_hai.build.tracing import trace

_PLACES = {
    "BuildResult": "result",
    "build_adam": "study",
    "build_define": "define",
    "build_sdtm": "study",
    "build_study": "study",
    "check_raw": "inspect_raw",
    "conformance": "core_report",
    "draft_specs": "init",
    "spec_check": "spec",
    "trace": "tracing",
    "validate": "check",
    "write_queries": "queries",
}

__all__ = [
    "BuildResult",
    "build_adam",
    "build_define",
    "build_sdtm",
    "build_study",
    "check_raw",
    "conformance",
    "draft_specs",
    "spec_check",
    "trace",
    "validate",
    "write_queries",
]


class _Room(ModuleType):
    """A module that fetches its use cases when they are asked for, and builds when it is called."""

    def __getattr__(self, name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - only when a use case is wanted

        found = getattr(import_module(f"{self.__name__}.{_PLACES[name]}"), name)
        setattr(self, name, found)
        return found

    def __call__(self, **arguments: Any) -> Any:
        """``build_study`` with the same arguments."""
        return self.build_study(**arguments)


sys.modules[__name__].__class__ = _Room
