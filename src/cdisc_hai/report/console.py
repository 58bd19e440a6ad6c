"""What a command says at its end: plain text, aligned, without colour codes.

Every text comes without a newline at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cdisc_hai.errors import CdiscHaiError, SpecError
from cdisc_hai.findings import Finding, count_by_severity
from cdisc_hai.report.lines import DatasetLine, counted, place, rule_groups

WIDTH = 80
MOST_RULES = 3
MOST_ROWS = 5
MOST_SOURCES = 3
INDENT = "  "


def summary(
    *,
    datasets: Sequence[DatasetLine],
    findings: tuple[Finding, ...],
    where: Sequence[tuple[str, str]],
) -> str:
    """The end of a build: datasets with their records, findings, and where to look.

    ``where`` has a label and a path for each thing that is worth opening.
    """
    records = sum(dataset.records for dataset in datasets)
    blocks = [
        (
            f"{counted(len(datasets), 'dataset')}, {counted(records, 'record')}",
            _in_columns([(dataset.name, f"{dataset.records:,}") for dataset in datasets]),
        ),
        (counted(len(findings), "finding"), _severities(findings)),
        ("Where to look", _aligned(where)),
    ]
    return "\n\n".join(
        "\n".join([head, *(f"{INDENT}{line}" for line in lines)])
        for head, lines in blocks
        if lines or head != "Where to look"
    )


def fault_text(error: CdiscHaiError) -> str:
    """What an error says to the user; of specs every fault, one a line, after their number."""
    if isinstance(error, SpecError):
        head = f"{counted(len(error.faults), 'fault')} in the specs:"
        return "\n".join([head, *(f"{INDENT}{_one_line(str(fault))}" for fault in error.faults)])
    return str(error) or type(error).__name__


def findings_lines(findings: Iterable[Finding], *, limit: int = 20) -> str:
    """One line a finding, and after ``limit`` of them how many more there are."""
    findings = tuple(findings)
    lines = [_finding_line(finding) for finding in findings[:limit]]
    rest = findings[limit:]
    if rest:
        kinds = [counted(n, kind) for kind, n in count_by_severity(rest).items() if n]
        lines.append(f"... and {counted(len(rest), 'more finding')}: {', '.join(kinds)}")
    return "\n".join(lines) or "no findings"


def _finding_line(finding: Finding) -> str:
    rows = _first(tuple(map(str, finding.rows)), MOST_ROWS)
    head = [finding.severity, finding.rule, place(finding)]
    if rows:
        head.append(f"{'row' if len(finding.rows) == 1 else 'rows'} {rows}")
    sources = _first(finding.sources, MOST_SOURCES)
    text = f"{' '.join(part for part in head if part)}: {finding.message}"
    text += f" ({sources})" if sources else ""
    text += f" - {finding.mend}" if finding.mend else ""
    return _one_line(text)


def _first(items: Sequence[str], most: int) -> str:
    more = f" and {len(items) - most:,} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _severities(findings: tuple[Finding, ...]) -> list[str]:
    """The number of findings of each severity, with the rules that errors broke most often."""
    counts = {kind: (f"{n:,}", "") for kind, n in count_by_severity(findings).items()}
    counts["error"] = (counts["error"][0], _most_frequent_errors(findings))
    kinds, figures = max(map(len, counts)), max(len(n) for n, _ in counts.values())
    return [
        f"{kind:<{kinds}}  {n:>{figures}}  {rules}".rstrip() for kind, (n, rules) in counts.items()
    ]


def _most_frequent_errors(findings: tuple[Finding, ...]) -> str:
    groups = [group for group in rule_groups(findings) if group.severity == "error"]
    groups.sort(key=lambda group: -len(group.findings))
    told = [f"{group.rule} {len(group.findings):,}" for group in groups]
    more = f", {counted(len(told) - MOST_RULES, 'more rule')}" if len(told) > MOST_RULES else ""
    return ", ".join(told[:MOST_RULES]) + more


def _in_columns(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Name and figure in as many columns as fit the width, read from top to bottom."""
    if not pairs:
        return []
    names, figures = (max(map(len, texts)) for texts in zip(*pairs, strict=True))
    cells = [f"{name:<{names}}  {figure:>{figures}}" for name, figure in pairs]
    across = max(1, (WIDTH - len(INDENT)) // (names + figures + 6))
    down = -(-len(cells) // across)
    return ["    ".join(cells[row::down]) for row in range(down)]


def _aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    width = max((len(label) for label, _ in pairs), default=0)
    return [f"{label:<{width}}  {path}" for label, path in pairs]
