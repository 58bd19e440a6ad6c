"""The ledger of the specs held against findings and issues: what it explains, and what is stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Explained

STALE = "LEDGER-STALE"


def explain(
    findings: Iterable[Finding], ledger: Iterable[Explained], *, judged: Collection[str]
) -> list[Finding]:
    """Findings of our own rules, the explained ones as notes with their reason.

    An entry whose rule says nothing any more of a dataset of ``judged`` is a finding itself.
    """
    own = [entry for entry in ledger if entry.judge == "own"]
    reasons = {(entry.rule, name): entry.reason for entry in own for name in entry.datasets}
    found, used = [], set()
    for finding in findings:
        key = (finding.rule, finding.dataset)
        used.add(key)
        found.append(_explained(finding, reasons[key]) if key in reasons else finding)
    stale = [
        stale_entry(entry, name)
        for entry in own
        for name in entry.datasets
        if name in judged and (entry.rule, name) not in used
    ]
    return [*found, *stale]


def _explained(finding: Finding, reason: str) -> Finding:
    message = f"{finding.message}; explained: {reason}"
    return replace(finding, severity="note", message=message, explained=reason)


def stale_entry(entry: Explained, dataset: str) -> Finding:
    """An explanation of what is not found any more."""
    return Finding(
        rule=STALE,
        severity="note",
        message=f"the specs explain {entry.rule} in {dataset}, and it is not found there",
        dataset=dataset,
        spec=entry.at,
        mend="take the entry out of the ledger, or correct its rule, dataset or condition",
    )
