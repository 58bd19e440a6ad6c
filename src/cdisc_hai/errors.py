"""Errors that stop a run, each with the exit code that the command line gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CdiscHaiError(Exception):
    """Anything that stops a run: nothing is written, the last good build stays."""

    exit_code = 1


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a spec: where it stands, what is wrong and how to mend it.

    Without ``mend`` the message says it all (``metadata.remedies`` has it in a word).
    """

    file: str
    line: int
    message: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class SpecError(CdiscHaiError):
    """The specs cannot be used; carries every fault that was found, in file order."""

    exit_code = 10

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RawError(CdiscHaiError):
    """The raw export cannot be used at all: nothing works without what is missing or broken."""

    exit_code = 11


class MappingError(CdiscHaiError):
    """An SDTM operation could not run on what it was given."""

    exit_code = 12


class DerivationError(CdiscHaiError):
    """An ADaM derivation could not run on what it was given."""

    exit_code = 13
