"""An operation's registered sentence with its parameters filled in."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from cdisc_hai.metadata.model import Step
from cdisc_hai.registry import Operation

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PARAM = re.compile(r"\{(\w+)\}")
_EITHER = re.compile(f"{_OPTIONAL.pattern}|{_PARAM.pattern}")  # in reading order


def filled(sentence: str, words: Callable[[str], str | None]) -> str:
    """The sentence with ``words`` in place of its parameters.

    A part in square brackets is left away where ``words`` has None for one of its parameters.
    """
    return _EITHER.sub(
        lambda found: _part(found[1], words) if found[1] else _or_missing(words(found[2])), sentence
    )


def _or_missing(said: str | None) -> str:
    return "missing" if said is None else said


def _part(text: str, words: Callable[[str], str | None]) -> str:
    known = {name: words(name) for name in _PARAM.findall(text)}
    if any(said is None for said in known.values()):
        return ""
    return _PARAM.sub(lambda found: known[found[1]] or "", text)


def asked(sentence: str) -> tuple[set[str], set[str]]:
    """The parameters that a sentence names outside of square brackets, and inside."""
    outside = set(_PARAM.findall(_OPTIONAL.sub("", sentence)))
    return outside, set(_PARAM.findall(sentence)) - outside


def given_value(operation: Operation, step: Step, name: str) -> Any:
    """What a spec gives for a parameter, or else what the function takes without it.

    What a sentence names in square brackets has to be given.
    """
    if name in step.params or name not in asked(operation.sentence)[0]:
        return step.params.get(name)
    found = inspect.signature(operation.function).parameters.get(name)
    return None if found is None or found.default is inspect.Parameter.empty else found.default
