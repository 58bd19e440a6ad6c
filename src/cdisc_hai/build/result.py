"""What a build gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cdisc_hai.findings import Finding, count_by_severity
from cdisc_hai.report.lines import DatasetLine

EXIT_CLEAN, EXIT_WITH_ERRORS = 0, 14

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and how many there are."""


@dataclass(frozen=True)
class BuildResult:
    """Datasets that were written, findings, what became of every raw record, and where it is."""

    out: Path
    datasets: tuple[DatasetLine, ...]
    findings: tuple[Finding, ...]
    accounting: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0, or 14 when there are findings of severity error."""
        errors = count_by_severity(self.findings)["error"]
        return EXIT_WITH_ERRORS if errors else EXIT_CLEAN

    def as_json(self) -> dict[str, object]:
        """The result for a machine."""
        return {
            "out": str(self.out),
            "exit_code": self.exit_code,
            "datasets": [
                {"name": d.name, "label": d.label, "records": d.records, "file": d.file}
                for d in self.datasets
            ],
            "findings": count_by_severity(self.findings),
            "seconds": {stage: round(s, 3) for stage, s in self.seconds.items()},
        }


class Stages:
    """Tells progress, and how long each stage took."""

    def __init__(self, names: tuple[str, ...], progress: Progress | None) -> None:
        import time  # noqa: PLC0415 - the clock is read here alone, and never for an output

        self.names, self.progress, self.clock = names, progress, time.perf_counter
        self.seconds: dict[str, float] = {}
        self.since = self.clock()

    def begin(self, name: str) -> None:
        """A stage begins; the one before it ends."""
        self.end()
        self.current = name
        if self.progress:
            self.progress(name, self.names.index(name), len(self.names))

    def end(self) -> None:
        """The stage under way ends."""
        now = self.clock()
        if hasattr(self, "current"):
            self.seconds[self.current] = now - self.since
        self.since = now
