"""Parts of study.yaml and raw.yaml that are taken as they stand: keys that nobody would read."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.keys import CONSTRUCTS
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.metadata.spots import Spot

_PARTS = {
    "study": ("cutoff",),
    "raw": ("dictionary", "dictionary.items", "dictionary.codes", "cutoff"),
}
_TOLD = {"cutoff"}
"""What is missing of these is told by who reads them."""


def plain_faults(file: str, spot: Spot) -> Iterator[Fault]:
    """Unknown keys of the parts of a file, and of one that is missing what it must have."""
    for path in _PARTS[file]:
        found, construct = _at(spot, file, path)
        if found is None:
            continue
        if not isinstance(found.value, dict):
            yield found.fault(f"'{path}' is to be a mapping of names to values")
            continue
        keys = CONSTRUCTS[construct]
        for key, value in found.value.items():
            if key not in keys:
                yield value.fault(f"no key '{key}' in '{path}'{did_you_mean(key, keys)}")
        if path not in _TOLD:
            for key, known in keys.items():
                if known.required and key not in found.value:
                    yield found.fault(f"'{path}' needs '{key}'")


def _at(spot: Spot, file: str, path: str) -> tuple[Spot | None, str]:
    """The value under a path, and its construct as the keys of the way name it."""
    found: Spot | None = spot
    construct = file
    for step in path.split("."):
        key = CONSTRUCTS[construct][step]
        construct = key.kind.removeprefix("@")
        inside = found.value if found is not None and isinstance(found.value, dict) else {}
        found = inside.get(step)
    return found, construct
