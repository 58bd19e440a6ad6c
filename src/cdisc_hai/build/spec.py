"""Specs looked at without data: their faults, their tables, how a variable comes about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cdisc_hai.build.specs import default_specs
from cdisc_hai.errors import Fault, SpecError
from cdisc_hai.guide.terminology import read_terminology
from cdisc_hai.metadata.guided import guide_faults
from cdisc_hai.metadata.load import read_folder
from cdisc_hai.metadata.remedies import remedy
from cdisc_hai.metadata.terms import term_differences
from cdisc_hai.registry import operations

EXIT_CLEAN, EXIT_FAULTS, EXIT_DIFFERENCES = 0, SpecError.exit_code, 16


@dataclass(frozen=True)
class SpecReport:
    """What is wrong with the specs, what differs from a terminology, what was not compared."""

    faults: tuple[Fault, ...]
    differences: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """10 with faults, 16 with differences from the terminology alone, else 0."""
        if self.faults:
            return EXIT_FAULTS
        return EXIT_DIFFERENCES if self.differences else EXIT_CLEAN

    def as_json(self) -> Mapping[str, object]:
        """For a machine."""
        return {
            "exit_code": self.exit_code,
            "faults": [_as_json(fault) for fault in self.faults],
            "differences": [_as_json(fault) for fault in self.differences],
            "notes": list(self.notes),
        }


def _as_json(fault: Fault) -> Mapping[str, object]:
    return {
        "file": fault.file,
        "line": fault.line,
        "message": fault.message,
        "mend": remedy(fault),
    }


def spec_check(specs: Path | str | None = None, *, ct: Iterable[Path | str] = ()) -> SpecReport:
    """Every fault of a folder of specs at once, without any data.

    ``ct`` are files of terminology as NCI distributes them (tab-delimited text or ODM-XML).
    SpecError where there is no such folder; TerminologyError for a file that cannot be used.
    """
    files = [Path(file) for file in ct]
    terminology = read_terminology(files) if files else None
    study, faults = read_folder(Path(specs) if specs else default_specs(), operations())
    guided, notes = guide_faults(study)
    differences = term_differences(study, terminology) if terminology else []
    return SpecReport(
        tuple(sorted({*faults, *guided})), tuple(sorted(set(differences))), tuple(notes)
    )
