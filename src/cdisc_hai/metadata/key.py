"""What is told of a key of a spec file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """A key: the kind of its value, what it says, and whether it must be there."""

    kind: str
    says: str
    required: bool = False
    choices: tuple[str, ...] = ()
