"""``spec show`` and ``spec explain``: specs as people read them, in plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cdisc_hai.metadata.words import Account, Table
from cdisc_hai.metadata.words.account import Line
from cdisc_hai.metadata.words.notes import Note

_HEAD = ("Variable", "Label", "Type", "Codelist", "Origin", "How")
_SHARES = (8, 20, 11, 10, 18)
NARROWEST = 110


def table_text(table: Table, width: int = NARROWEST) -> str:
    """A dataset's spec: what it is, its variables in a table, and what the table's words need."""
    dataset, width = table.dataset, max(width, NARROWEST)
    lines = [
        f"{dataset.name}  {dataset.label}",
        f"{dataset.klass}. {dataset.structure}. Keys: {', '.join(dataset.keys)}.",
        *_wrapped(f"Records: {table.records}", width),
        "",
        *_table(table.variables, width),
    ]
    for title, rows in (
        (f"Supplemental qualifiers (SUPP{dataset.name})", table.qualifiers),
        ("Parameters", table.parameters),
    ):
        if rows:
            lines += ["", title, *_table(rows, width)]
    if table.notes:
        lines += ["", "Where", *_notes(table.notes, width)]
    return "\n".join(line.rstrip() for line in lines)


def _table(rows: Sequence[Line], width: int) -> list[str]:
    """Columns of fixed widths, the last one takes what is left; empty columns are left out."""
    cells = [(r.name, r.label, r.type, r.codelist, r.origin, r.how) for r in rows]
    used = [at for at in range(len(_HEAD)) if any(row[at] for row in cells)]
    widths = [_SHARES[at] if at < len(_SHARES) else 0 for at in used]
    widths[-1] = width - sum(widths[:-1]) - 2 * (len(widths) - 1)
    told = [_joined([_HEAD[at] for at in used], widths), _joined(["-" * s for s in widths], widths)]
    for row in cells:
        parts = [_wrapped(row[at], size) for at, size in zip(used, widths, strict=True)]
        told += [_joined(line, widths) for line in _row(parts)]
    return told


def _row(parts: Iterable[Sequence[str]]) -> list[list[str]]:
    every = list(parts)
    depth = max(map(len, every))
    return [[part[at] if at < len(part) else "" for part in every] for at in range(depth)]


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{size}}" for cell, size in zip(cells, widths, strict=True))


def _wrapped(text: str, width: int, first: str = "", more: str = "") -> list[str]:
    """Terms such as NON-TARGET stay on one line."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=more, break_on_hyphens=False
    )


def _notes(notes: Iterable[Note], width: int) -> Iterator[str]:
    for note in notes:
        yield from _wrapped(str(note), width, "  ", "    ")


def account_text(account: Account, width: int = NARROWEST) -> str:
    """How one variable comes about, each part with its lines of the specs."""
    width = max(width, NARROWEST)
    line, variable = account.line, account.variable
    kind = [line.type, variable.role, variable.core, f"origin {line.origin}" if line.origin else ""]
    lines = [
        f"{account.dataset.name}.{variable.name}  {line.label}".rstrip(),
        ", ".join(word for word in kind if word),
    ]
    for title, told in account.parts:
        lines.append("")
        text = f"{title}: {told.text}" if title else told.text
        lines += [*_wrapped(text, width), *_places(told.at)]
    for note in account.notes:
        lines += ["", *_wrapped(str(note), width), *_places(note.at)]
    if account.values:
        terms = [t if t == d else f"{t} ({d})" for t, d in account.values]
        text = f"Values, by codelist {line.codelist}: {'; '.join(terms)}"
        lines += ["", *_wrapped(text, width)]
    if account.reads:
        lines += ["", "Reads"]
        lines += [f"  {name:<17}  {at}" for name, at in account.reads]
    return "\n".join(lines)


def _places(at: Sequence[str]) -> list[str]:
    return [f"    {place}" for place in at]


def table_json(table: Table) -> Mapping[str, object]:
    """The same for a machine."""
    dataset = table.dataset
    return {
        "dataset": dataset.name,
        "label": dataset.label,
        "class": dataset.klass,
        "structure": dataset.structure,
        "keys": list(dataset.keys),
        "records": table.records,
        "variables": [vars(line) for line in table.variables],
        "qualifiers": [vars(line) for line in table.qualifiers],
        "parameters": [vars(line) for line in table.parameters],
        "notes": [_note(note) for note in table.notes],
    }


def account_json(account: Account) -> Mapping[str, object]:
    """The same for a machine."""
    return {
        "dataset": account.dataset.name,
        "variable": dict(vars(account.line)),
        "parts": [
            {"of": title, "text": told.text, "at": list(told.at)} for title, told in account.parts
        ],
        "notes": [_note(note) for note in account.notes],
        "values": [{"term": term, "decode": decode} for term, decode in account.values],
        "reads": [{"variable": name, "at": at} for name, at in account.reads],
    }


def _note(note: Note) -> Mapping[str, object]:
    return {"title": note.title, "text": note.text, "at": list(note.at)}
