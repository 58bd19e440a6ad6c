"""Findings as a data manager's query list: by site, subject and form, with ids that stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

OPEN, GONE = "open", "no longer found"
HEADINGS = {
    "id": "Query",
    "site": "Site",
    "subject": "Subject",
    "form": "Form",
    "folder": "Visit",
    "repeat": "Repeat",
    "record": "Record",
    "variable": "Variable",
    "severity": "Severity",
    "rule": "Rule",
    "message": "What is wrong",
    "mend": "What to do",
    "source": "Line of the export",
    "status": "Status",
    "comment": "Comment",
}
_IDENTITY = ("rule", "form", "site", "subject", "folder", "repeat", "record", "variable")


@dataclass(frozen=True)
class Query:
    """One question to a site; ``status`` and ``comment`` are people's."""

    id: str
    site: str = ""
    subject: str = ""
    form: str = ""
    folder: str = ""
    repeat: str = ""
    record: str = ""
    variable: str = ""
    severity: str = ""
    rule: str = ""
    message: str = ""
    mend: str = ""
    source: str = ""
    status: str = OPEN
    comment: str = ""

    def cells(self) -> list[str]:
        """The query as a row under ``HEADINGS``."""
        told = asdict(self)
        return [str(told[name]) for name in HEADINGS]


def queries_of(
    findings: Sequence[Mapping[str, Any]],
    places: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    notes: bool = False,
) -> list[Query]:
    """One query for each finding and line that it names, as findings.json and the places of its
    lines tell them; notes only where they are asked for.

    The id is made from what stays from cut to cut: the rule and the record's own keys, never the
    row of the file. Two that would be the same differ by their messages, then by their order.
    """
    found = [
        query
        for finding in findings
        if notes or finding["severity"] != "note"
        for source in finding["sources"] or [""]
        for query in _of_line(finding, str(source), places.get(str(source), ()))
    ]
    return _ordered(_with_ids(found))


def _of_line(
    finding: Mapping[str, Any], source: str, places: Sequence[Mapping[str, str]]
) -> Iterable[Query]:
    told = {name: str(finding[name]) for name in ("variable", "severity", "rule", "message")}
    if finding["dataset"] and finding["variable"]:
        told["variable"] = f"{finding['dataset']}.{finding['variable']}"
    file = source.rpartition(":")[0]
    for place in places or ({"form": file},):
        own = {k: v for k, v in place.items() if k in HEADINGS}
        yield Query("", source=source, mend=str(finding["mend"]), **told, **own)


def _with_ids(queries: Iterable[Query]) -> list[Query]:
    """Ids from the identity; of several alike, the message and then a number tell them apart."""
    alike: dict[tuple[str, ...], list[Query]] = {}
    for query in dict.fromkeys(queries):
        alike.setdefault(tuple(getattr(query, name) for name in _IDENTITY), []).append(query)
    named: list[Query] = []
    for identity, several in alike.items():
        used: dict[str, int] = {}
        for query in several:
            parts = identity if len(several) == 1 else (*identity, query.message)
            code = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10].upper()
            used[code] = used.get(code, 0) + 1
            again = f"-{used[code]}" if used[code] > 1 else ""
            named.append(replace(query, id=f"Q-{code}{again}"))
    return named


def _ordered(queries: Iterable[Query]) -> list[Query]:
    order = ("site", "subject", "form", "folder", "repeat", "record", "severity", "rule", "id")
    return sorted(queries, key=lambda q: tuple(getattr(q, name) for name in order))


def carried_over(
    queries: Sequence[Query], ledger: Sequence[Mapping[str, str]]
) -> tuple[list[Query], list[Query]]:
    """(the queries with the status and comment that the ledger has for them, those of the ledger
    that are no longer found). A query that was gone and is found again is open again."""
    known = {row[HEADINGS["id"]]: row for row in ledger if row.get(HEADINGS["id"])}
    now = [_with_words(query, known.get(query.id, {})) for query in queries]
    ids = {query.id for query in queries}
    gone = [
        replace(
            Query(**{name: row.get(title) or "" for name, title in HEADINGS.items()}), status=GONE
        )
        for key, row in known.items()
        if key not in ids
    ]
    return now, _ordered(gone)


def _with_words(query: Query, row: Mapping[str, str]) -> Query:
    status, comment = row.get(HEADINGS["status"]) or OPEN, row.get(HEADINGS["comment"]) or ""
    return replace(query, status=OPEN if status == GONE else status, comment=comment)
