"""How EDC systems call things: columns by their roles, forms by their domains (edc_words.csv)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def plain(name: str) -> str:
    """A name without case, blanks and marks."""
    return re.sub(r"[\W_]+", "", name).casefold()


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of one kind, the likeliest first."""
    text = files("cdisc_hai.build").joinpath("edc_words.csv").read_text("utf-8")
    return tuple(row["word"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind)


def called(kind: str, names: Iterable[str]) -> list[str]:
    """The names that are a word of this kind, the likeliest first."""
    known = {plain(name): name for name in names}
    return [known[word] for word in words(kind) if word in known]


def having(kind: str, names: Iterable[str]) -> list[str]:
    """The names that hold a word of this kind, in their own order."""
    return [name for name in names if any(word in plain(name) for word in words(kind))]


def domain_of(form: str, known: Iterable[str]) -> str:
    """The domain that a form's name speaks of; empty where it speaks of none."""
    parts = [part.upper() for part in re.split(r"[\W_]+", form)]
    domains = list(known)
    named = next((part for part in (*reversed(parts), *parts) if part in domains), "")
    if named:
        return named
    short = plain(form)
    return next((d for d in domains if any(len(w) > 2 and w in short for w in words(d))), "")
