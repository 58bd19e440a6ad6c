"""Findings: bad data told as values, each with its raw lines, its spec line and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with the data, or worth knowing of them.

    ``sources`` are lines of the export as ``file:row``, the row number that a spreadsheet
    shows (the header is 1); ``rows`` are record numbers of the written dataset, from 1.
    """

    rule: str
    severity: Severity
    message: str
    dataset: str = ""
    variable: str = ""
    sources: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    spec: str = ""
    mend: str = ""
    explained: str = ""
    """Why it is no fault, where the specs' ledger says so."""

    def as_json(self) -> dict[str, object]:
        """The finding as it stands in findings.json."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "dataset": self.dataset,
            "variable": self.variable,
            "message": self.message,
            "sources": list(self.sources),
            "rows": list(self.rows),
            "spec": self.spec,
            "mend": self.mend,
            **({"explained": self.explained} if self.explained else {}),
        }


def source_key(source: str) -> tuple[str, int, str]:
    """Order of a ``file:row``: by file, then by the row as a number."""
    match = re.fullmatch(r"(.*):(\d+)", source)
    return (match[1], int(match[2]), "") if match else (source, 0, source)


def _order(finding: Finding) -> tuple[object, ...]:
    first = source_key(finding.sources[0]) if finding.sources else ("", 0, "")
    return (
        SEVERITIES.index(finding.severity),
        finding.rule,
        finding.dataset,
        finding.variable,
        first,
        finding.rows[:1],
        finding.message,
    )


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that say the same are one, with all their lines; errors come first."""
    same: dict[Finding, tuple[set[str], set[int]]] = {}
    for finding in findings:
        key = replace(finding, sources=(), rows=())
        sources, rows = same.setdefault(key, (set(), set()))
        sources.update(finding.sources)
        rows.update(finding.rows)
    return tuple(
        sorted(
            (
                replace(key, sources=tuple(sorted(s, key=source_key)), rows=tuple(sorted(r)))
                for key, (s, r) in same.items()
            ),
            key=_order,
        )
    )


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity, in the order error, warning, note."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in SEVERITIES}
