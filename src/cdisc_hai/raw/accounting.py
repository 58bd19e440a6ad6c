"""What became of every raw record: mapped, excluded, not submitted, or kept out by a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

Reason = str


@dataclass
class Accounting:
    """The fate of each row of each form; a fate once given is not overwritten.

    The four fates are ``excluded`` (by a stated reason), ``not_submitted`` (by a spec's
    word), ``in_findings`` (kept out by a finding) and, for the rest, ``mapped`` when an output
    holds the row.
    """

    rows: dict[str, list[str]] = field(default_factory=dict)
    excluded: dict[str, dict[str, Reason]] = field(default_factory=dict)
    not_submitted: dict[str, set[str]] = field(default_factory=dict)
    in_findings: dict[str, set[str]] = field(default_factory=dict)

    def read(self, form: str, sources: Iterable[str]) -> None:
        """All rows of a form, as read."""
        self.rows[form] = list(sources)
        self.excluded.setdefault(form, {})
        self.not_submitted.setdefault(form, set())
        self.in_findings.setdefault(form, set())

    def exclude(self, form: str, sources: Iterable[str], reason: Reason) -> None:
        """Rows that a stated reason leaves out."""
        for source in sources:
            self.excluded[form].setdefault(source, reason)

    def keep_out(self, form: str, sources: Iterable[str]) -> None:
        """Rows that a finding keeps out of the outputs."""
        self.in_findings[form].update(sources)

    def leave(self, form: str, sources: Iterable[str]) -> None:
        """Rows that a spec says are not submitted."""
        self.not_submitted[form].update(sources)

    def unaccounted(self, mapped: set[str]) -> dict[str, list[str]]:
        """Rows by form that have none of the four fates."""
        return {
            form: [
                source for source in rows if source not in mapped and not self._fate(form, source)
            ]
            for form, rows in self.rows.items()
        }

    def as_json(self, mapped: set[str]) -> dict[str, dict[str, object]]:
        """The table of findings.json; ``read`` is the sum of the other figures."""
        table: dict[str, dict[str, object]] = {}
        for form, rows in sorted(self.rows.items()):
            reasons = sorted(set(self.excluded[form].values()))
            left = [source for source in rows if source not in mapped]
            fates = Counter(self._fate(form, source) for source in left)
            table[form] = {
                "read": len(rows),
                "mapped": len(rows) - len(left),
                "excluded": {r: fates[f"excluded:{r}"] for r in reasons},
                "not_submitted": fates["not_submitted"],
                "in_findings": fates["in_findings"],
            }
        return table

    def _fate(self, form: str, source: str) -> str:
        """What became of a row that no output holds; empty for nothing."""
        if source in self.excluded[form]:
            return f"excluded:{self.excluded[form][source]}"
        if source in self.not_submitted[form]:
            return "not_submitted"
        return "in_findings" if source in self.in_findings[form] else ""
