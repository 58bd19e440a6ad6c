"""A report of CDISC CORE on a build, held against the specs' ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cdisc_hai.build.specs import study_of
from cdisc_hai.conform.core_report import compare_core, read_core_report
from cdisc_hai.findings import Finding, merged

EXIT_CLEAN, EXIT_DIFFERENCES = 0, 16


@dataclass(frozen=True)
class Conformance:
    """How many rules have each status, what is explained, and what is not."""

    rules: Mapping[str, int]
    explained: Mapping[tuple[str, str], int]
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """0, or 16 where an issue is not explained or an explanation is stale."""
        return EXIT_DIFFERENCES if self.findings else EXIT_CLEAN

    def as_json(self) -> Mapping[str, object]:
        """For a machine."""
        return {
            "exit_code": self.exit_code,
            "rules": dict(self.rules),
            "explained": [
                {"rule": rule, "dataset": dataset, "issues": count}
                for (rule, dataset), count in self.explained.items()
            ],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def lines(self) -> list[str]:
        """For people: rules by status, explained issues by rule and dataset."""
        told = [f"{count:>6}  {status}" for status, count in self.rules.items()]
        shown = [
            f"{count:>6}  {rule} {dataset}" for (rule, dataset), count in self.explained.items()
        ]
        return ["rules", *told, "explained issues", *shown]


def conformance(*, report: Path | str, specs: Path | str | None = None) -> Conformance:
    """What CORE told of a build and the ledger does not explain; ReportError for another file."""
    study, told = study_of(specs), read_core_report(Path(report))
    compared = compare_core(told, study.explained)
    return Conformance(told.counts(), compared.explained, merged(compared.findings))
