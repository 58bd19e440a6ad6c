"""What the reports say in one line: a dataset, a form's accounting, a rule's findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cdisc_hai.findings import SEVERITIES, Finding, Severity


@dataclass(frozen=True)
class DatasetLine:
    """One dataset that was written; ``file`` is its path within the output folder."""

    name: str
    label: str
    records: int
    variables: int
    file: str


@dataclass(frozen=True)
class FormLine:
    """What became of one form's rows; ``excluded`` has one figure for each reason."""

    form: str
    read: int
    mapped: int
    excluded: tuple[int, ...]
    not_submitted: int
    in_findings: int


@dataclass(frozen=True)
class RuleGroup:
    """All findings of one rule at one severity, in the order they came."""

    severity: Severity
    rule: str
    findings: tuple[Finding, ...]

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that the findings name, each once."""
        return tuple(sorted({finding.dataset for finding in self.findings} - {""}))


def place(finding: Finding) -> str:
    """``DATASET.VARIABLE``, or as much of it as the finding knows."""
    return ".".join(part for part in (finding.dataset, finding.variable) if part)


def counted(number: int, word: str) -> str:
    """``1 error``, ``2 errors``, ``1,200 errors``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def rule_groups(findings: Iterable[Finding]) -> tuple[RuleGroup, ...]:
    """Findings by severity, the worst first, then by rule."""
    groups: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        key = (SEVERITIES.index(finding.severity), finding.rule)
        groups.setdefault(key, []).append(finding)
    return tuple(
        RuleGroup(SEVERITIES[severity], rule, tuple(group))
        for (severity, rule), group in sorted(groups.items())
    )


def form_lines(
    accounting: Mapping[str, Mapping[str, object]],
) -> tuple[tuple[str, ...], tuple[FormLine, ...]]:
    """The reasons of exclusion in all forms, and one line a form in the order of their names."""
    excluded = {form: _reasons(line) for form, line in accounting.items()}
    reasons = tuple(sorted({reason for line in excluded.values() for reason in line}))
    lines = tuple(
        FormLine(
            form=form,
            read=_figure(line, "read"),
            mapped=_figure(line, "mapped"),
            excluded=tuple(_figure(excluded[form], reason) for reason in reasons),
            not_submitted=_figure(line, "not_submitted"),
            in_findings=_figure(line, "in_findings"),
        )
        for form, line in sorted(accounting.items())
    )
    return reasons, lines


def total_line(lines: Iterable[FormLine]) -> FormLine:
    """The sum of the lines, for the foot of the table."""
    lines = tuple(lines)
    return FormLine(
        form="All forms",
        read=sum(line.read for line in lines),
        mapped=sum(line.mapped for line in lines),
        excluded=tuple(map(sum, zip(*(line.excluded for line in lines), strict=True))),
        not_submitted=sum(line.not_submitted for line in lines),
        in_findings=sum(line.in_findings for line in lines),
    )


def _reasons(line: Mapping[str, object]) -> Mapping[str, object]:
    excluded = line.get("excluded", {})
    if not isinstance(excluded, Mapping):
        raise TypeError(f"'excluded' is a table of figures by reason, not {excluded!r}")
    return excluded


def _figure(line: Mapping[str, object], name: str) -> int:
    figure = line.get(name, 0)
    if not isinstance(figure, int):
        raise TypeError(f"'{name}' is a number of rows, not {figure!r}")
    return figure
