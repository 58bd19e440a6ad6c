"""From what an EDC system exports to SDTM, ADaM, XPT files and their documents.

``from cdisc_hai import build`` builds (``build(raw=..., out=...)``, ``build.build_sdtm`` and the
other use cases); ``schema("TR")`` is the pandera schema of a dataset, made from its spec.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

try:
    __version__ = version("cdisc-hai")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0"


def schema(name: str, *, specs: Path | str | None = None) -> Any:
    """The pandera schema of a dataset by its name; ``specs`` is a folder, else the shipped study.

    Raises KeyError for a dataset that the specs do not have, SpecError for faulty specs.
    """
    from cdisc_hai.build.check import schema as made  # noqa: PLC0415 - pandas only when needed

    return made(name, specs=specs)


def __getattr__(name: str) -> Any:
    if name == "build":
        from importlib import import_module  # noqa: PLC0415 - only when it is wanted

        return import_module("cdisc_hai.build")
    raise AttributeError(f"module 'cdisc_hai' has no attribute {name!r}")
