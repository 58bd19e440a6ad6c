"""Values and conditions of a spec in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Name = Callable[[str], str]
"""Takes the name of a variable or column, and gives the words for it."""


def constant(value: Any) -> str:
    """A value as it is written: texts in quotes, numbers bare, nothing as ``missing``."""
    if value is None or value == "":
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def listed(words: Iterable[str], last: str) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {last} {every[-1]}"


def enumerated(words: Iterable[str], last: str) -> str:
    """As ``listed``; phrases that have conditions of their own are parted by semicolons."""
    every = list(words)
    if len(every) < 2 or not any(" for which " in one for one in every):
        return listed(every, last)
    return f"{'; '.join(every[:-1])}; {last} {every[-1]}"


def any_value(value: Any) -> str:
    """A plain value of any shape: lists in order, mappings as ``key = value``, nested ones by
    their key."""
    if isinstance(value, Mapping):
        nested = any(isinstance(inner, Mapping) for inner in value.values())
        parts = [
            f"for {constant(key)} {any_value(inner)}"
            if isinstance(inner, Mapping)
            else str(key)
            if key == inner
            else f"{key} = {any_value(inner)}"
            for key, inner in value.items()
        ]
        return ("; " if nested else ", ").join(parts)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(
            f"({any_value(item)})" if isinstance(item, list) else constant(item) for item in value
        )
    return constant(value)


def where_words(where: Mapping[str, Any], name: Name) -> str:
    """A condition: ``AVALC is "CR" or "PR" and ADT has a value``."""
    return listed((_condition(name(key), wanted, name) for key, wanted in where.items()), "and")


def _condition(subject: str, wanted: Any, name: Name) -> str:
    if not isinstance(wanted, Mapping):
        return f"{subject} {_is(wanted)}"
    said = [
        _predicate(word, target, wanted, name) for word, target in wanted.items() if word != "after"
    ]
    return f"{subject} {listed(said, 'and')}"


def _predicate(word: str, target: Any, wanted: Mapping[str, Any], name: Name) -> str:
    if word == "is":
        return "has a value" if target == "present" else "is missing"
    if word == "not":
        return _is_not(target)
    if word in _COMPARED:
        return f"{_COMPARED[word]} {name(target) if isinstance(target, str) else target}"
    if word in ("contains", "starts_with"):
        targets = map(constant, target if isinstance(target, list) else [target])
        return f"{word.replace('_', ' ')} {listed(targets, 'or')}"
    if word == "at_least_days":
        return f"lies at least {target} days after {name(str(wanted['after']))}"
    return f"{word.replace('_', ' ')} {any_value(target)}"


_COMPARED = {
    "above": "is above",
    "at_least": "is at least",
    "below": "is below",
    "at_most": "is at most",
    "same_as": "equals",
}


def _is(wanted: Any) -> str:
    targets = wanted if isinstance(wanted, list) else [wanted]
    return f"is {listed(map(constant, targets), 'or')}"


def _is_not(target: Any) -> str:
    targets = [constant(t) for t in (target if isinstance(target, list) else [target])]
    if len(targets) == 1:
        return "has a value" if targets == ["missing"] else f"is not {targets[0]}"
    if len(targets) == 2:
        return f"is neither {targets[0]} nor {targets[1]}"
    return f"is none of {', '.join(targets)}"
