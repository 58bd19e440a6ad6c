"""Findings as a data manager's query list: by site, subject and form, with ids that stay."""

from __future__ import annotations

import hashlib
from collections import Counter
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
        used: set[str] = set()
        for query in several:
            parts = identity if len(several) == 1 else (*identity, query.message)
            named.append(replace(query, id=_free(_code(parts), used)))
            used.add(named[-1].id)
    return named


def _identity(query: Query) -> tuple[str, ...]:
    return tuple(getattr(query, name) for name in _IDENTITY)


def _code(parts: Iterable[str]) -> str:
    return "Q-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10].upper()


def _free(code: str, used: set[str]) -> str:
    """The code, with a number where it is used already."""
    number = 1
    while (code if number == 1 else f"{code}-{number}") in used:
        number += 1
    return code if number == 1 else f"{code}-{number}"


def _ordered(queries: Iterable[Query]) -> list[Query]:
    order = ("site", "subject", "form", "folder", "repeat", "record", "severity", "rule", "id")
    return sorted(queries, key=lambda q: tuple(_natural(getattr(q, name)) for name in order))


def _natural(text: str) -> tuple[int, str]:
    """Whole numbers by their size: record 9 before record 10."""
    return (len(text), text) if text.isdecimal() else (0, text)


def carried_over(
    queries: Sequence[Query], ledger: Sequence[Mapping[str, str]]
) -> tuple[list[Query], list[Query]]:
    """(the queries with the status and comment that the ledger has for them, those of the ledger
    that are no longer found). A query that was gone and is found again is open again."""
    known = {row[HEADINGS["id"]]: row for row in ledger if row.get(HEADINGS["id"])}
    queries = _with_ids_of(queries, known)
    now = [_with_words(query, known.get(query.id, {})) for query in queries]
    now = _ordered(now)
    ids = {query.id for query in now}
    gone = [
        replace(
            Query(**{name: row.get(title) or "" for name, title in HEADINGS.items()}), status=GONE
        )
        for key, row in known.items()
        if key not in ids
    ]
    return now, _ordered(gone)


def _with_ids_of(queries: Sequence[Query], known: Mapping[str, Mapping[str, str]]) -> list[Query]:
    """The queries under the ids that the ledger has for them, whatever came or went beside them.

    One with the same words on the same record is the same query; else one of the same id; else
    the only one of its record and rule on either side.
    """
    left = list(range(len(queries)))
    free, ids = dict(known), {}
    for key in (_by_words, _by_id, _alone):
        for place, name in key([(place, queries[place]) for place in left], free):
            if name in free:
                ids[place] = name
                del free[name]
        left = [place for place in left if place not in ids]
    used = {*known}
    for place in left:
        query = queries[place]
        name = query.id if query.id not in used else _code((*_identity(query), query.message))
        ids[place] = _free(name, used)
        used.add(ids[place])
    return [replace(query, id=ids[place]) for place, query in enumerate(queries)]


Placed = Sequence[tuple[int, Query]]
Rows = Mapping[str, Mapping[str, str]]


def _by_words(queries: Placed, free: Rows) -> Iterable[tuple[int, str]]:
    names: dict[tuple[str, ...], list[str]] = {}
    for name, row in free.items():
        names.setdefault((*_told(row), row.get(HEADINGS["message"]) or ""), []).append(name)
    for place, query in queries:
        alike = names.get((*_identity(query), query.message), [])
        if alike:
            yield place, alike.pop(alike.index(query.id) if query.id in alike else 0)


def _by_id(queries: Placed, free: Rows) -> Iterable[tuple[int, str]]:
    return [(place, query.id) for place, query in queries if query.id in free]


def _alone(queries: Placed, free: Rows) -> Iterable[tuple[int, str]]:
    rows = Counter(_told(row) for row in free.values())
    mine = Counter(_identity(query) for _, query in queries)
    names = {_told(row): name for name, row in free.items()}
    for place, query in queries:
        if rows[_identity(query)] == 1 and mine[_identity(query)] == 1:
            yield place, names[_identity(query)]


def _told(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(HEADINGS[name]) or "" for name in _IDENTITY)


def _with_words(query: Query, row: Mapping[str, str]) -> Query:
    status, comment = row.get(HEADINGS["status"]) or OPEN, row.get(HEADINGS["comment"]) or ""
    return replace(query, status=OPEN if status == GONE else status, comment=comment)
