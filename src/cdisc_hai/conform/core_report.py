"""A report of CDISC CORE held against the ledger of the specs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.conform.ledger import stale_entry
from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Explained
from cdisc_hai.metadata.conditions import matches

UNEXPLAINED, NOT_RUN, CUT = "CORE-UNEXPLAINED", "CORE-NOT-RUN", "CORE-REPORT-CUT"


class ReportError(CdiscHaiError):
    """The file is no report of CORE."""

    exit_code = 2


@dataclass(frozen=True)
class CoreReport:
    """What a run of CORE told: each rule with its status and its issues."""

    rules: tuple[Mapping[str, Any], ...]

    def counts(self) -> dict[str, int]:
        """How many rules have each status."""
        return dict(sorted(Counter(str(rule["status"]) for rule in self.rules).items()))


@dataclass(frozen=True)
class Comparison:
    """Findings of a comparison, and how many issues each rule and dataset has explained."""

    findings: tuple[Finding, ...]
    explained: Mapping[tuple[str, str], int]


def read_core_report(path: Path) -> CoreReport:
    """The rules of a JSON report; ReportError for a file that is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rules = tuple(content["results"])
        if not all({"id", "status", "issues"} <= set(rule) for rule in rules):
            raise KeyError("id")
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"{path}: no report of CORE: a JSON object with 'results', each with 'id', 'status' "
            "and 'issues'; give the file that its --out wrote"
        ) from error
    return CoreReport(rules)


def compare_core(report: CoreReport, ledger: Iterable[Explained]) -> Comparison:
    """Issues that no entry explains, entries that explain none, and rules that failed."""
    entries = [entry for entry in ledger if entry.judge == "core"]
    found: list[Finding] = []
    used: set[tuple[int, str]] = set()
    explained: Counter[tuple[str, str]] = Counter()
    for rule in report.rules:
        found.extend(_unfit(rule))
        mine = [(n, entry) for n, entry in enumerate(entries) if entry.rule == rule["id"]]
        for dataset, issues in _by_dataset(rule):
            left = pd.Series(True, index=issues.index)
            for number, entry in mine:
                if dataset in entry.datasets:
                    fits = left & matches(issues, entry.where)
                    left &= ~fits
                    if fits.any():
                        used.add((number, dataset))
            explained[rule["id"], dataset] += int((~left).sum())
            if left.any():
                found.append(_unexplained(rule, dataset, issues[left]))
    found.extend(
        replace(stale_entry(entry, name), severity="warning")
        for number, entry in enumerate(entries)
        for name in entry.datasets
        if (number, name) not in used
    )
    return Comparison(tuple(found), {key: n for key, n in explained.items() if n})


def _by_dataset(rule: Mapping[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    """The issues of a rule by dataset; their values as text columns, ``@row`` their record."""
    by: dict[str, list[Mapping[str, Any]]] = {}
    for issue in rule["issues"]:
        by.setdefault(str(issue.get("dataset") or ""), []).append(issue)
    for dataset, issues in sorted(by.items()):
        told = pd.DataFrame([_texts(issue.get("values") or {}) for issue in issues], dtype=object)
        told = told.reindex(range(len(issues))).fillna("")
        rows = pd.Series([issue.get("row") for issue in issues], dtype=object)
        yield dataset, told.assign(**{"@row": rows})


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _unexplained(rule: Mapping[str, Any], dataset: str, issues: pd.DataFrame) -> Finding:
    rows = pd.to_numeric(issues["@row"], errors="coerce").dropna()
    return Finding(
        rule=UNEXPLAINED,
        severity="error",
        message=f"{rule['id']}: {len(issues)} of {rule.get('message', '')}",
        dataset=dataset,
        rows=tuple(int(row) for row in rows),
        mend="correct the specs or the data; explain it only where the data are right",
    )


def _unfit(rule: Mapping[str, Any]) -> Iterator[Finding]:
    listed, counted = len(rule["issues"]), int(rule.get("issue_count") or 0)
    if counted > listed:
        yield Finding(
            rule=CUT,
            severity="error",
            message=f"{rule['id']}: the report lists {listed} of {counted} issues",
            mend="let CORE list every issue (--max-issues)",
        )
    if rule["status"] == "error":
        yield Finding(
            rule=NOT_RUN,
            severity="error",
            message=f"{rule['id']}: CORE could not run it",
            mend="read the rule's 'errors' in the report",
        )
