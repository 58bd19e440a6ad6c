"""What the contracts of the specs have told of the data, and the define's checks see too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cdisc_hai.findings import Finding

_SAME = {
    "DEFINE-CODELIST": ("CONTRACT-TERM",),
    "DEFINE-DATASET": ("CONTRACT-DATASET",),
    "DEFINE-KEY": ("CONTRACT-KEY",),
    "DEFINE-LABEL": ("CONTRACT-LABEL", "CONTRACT-DATASET-LABEL"),
    "DEFINE-LENGTH": ("CONTRACT-LENGTH",),
    "DEFINE-MANDATORY": ("CONTRACT-REQUIRED",),
    "DEFINE-ORDER": ("CONTRACT-ORDER",),
    "DEFINE-TYPE": ("CONTRACT-TYPE", "CONTRACT-DATE", "CONTRACT-WHOLE"),
    "DEFINE-VARIABLE": ("CONTRACT-COLUMN",),
}


def not_told(findings: Iterable[Finding], before: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings but for those of which a contract has told every record, or the variable."""
    told: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for finding in before:
        told[finding.rule, finding.dataset, finding.variable].update(finding.rows)
    return tuple(f for f in findings if not _is_told(f, told))


def _is_told(finding: Finding, told: dict[tuple[str, str, str], set[int]]) -> bool:
    keys = [(rule, finding.dataset, finding.variable) for rule in _SAME.get(finding.rule, ())]
    known = [told[key] for key in keys if key in told]
    return any(set(finding.rows) <= rows for rows in known)
