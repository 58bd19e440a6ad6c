"""Checks of the parts of a spec that many operations have: names, conditions, orders, formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.conditions import COMPARED, WORDS, variables_read
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.metadata.spots import Spot
from cdisc_hai.registry import FORMULA_WORDS, SHAPES, template_names


def known_faults(at: Spot, what: str, names: Iterable[str]) -> Iterator[Fault]:
    """A name that is to be among these, unless nothing is known of them."""
    names = list(names)
    if names and str(at.value) not in names:
        yield at.fault(f"no {what} '{at.value}'{did_you_mean(str(at.value), names)}")


def named_faults(where: Mapping[str, Spot], names: Iterable[str]) -> Iterator[Fault]:
    """A condition whose names are to be among these, and whose words are to be known."""
    names = list(names)
    for name, spot in where.items():
        yield from known_faults(Spot(name, spot.file, spot.line), "variable", names)
        for other in variables_read(spot.plain()):
            yield from known_faults(Spot(other, spot.file, spot.line), "variable", names)
        yield from _condition(spot)


def ordering_faults(at: Spot, dataset: str, names: Iterable[str]) -> Iterator[Fault]:
    """A variable, alone or with ``descending``."""
    name, _, word = str(at.value).partition(" ")
    if word not in ("", "descending"):
        yield at.fault(f"'{at.value}' is to be a variable, or a variable and 'descending'")
    yield from known_faults(Spot(name, at.file, at.line), f"variable of {dataset}", names)


def inside_faults(
    leaf: str, at: Spot, params: Mapping[str, Any], dataset: str, names: Iterable[str]
) -> Iterator[Fault]:
    """What stands inside a formula, or a text with braces.

    The leaves of a ``part_formula`` are the names that ``parts`` and ``once`` beside it give.
    """
    if leaf == "template":
        yield from template_faults(at, dataset, names)
    elif leaf == "formula":
        yield from formula_faults(at, f"variable of {dataset}", names)
    else:
        told = [params[key].value for key in ("parts", "once") if key in params]
        parts = [name for named in told if isinstance(named, dict) for name in named]
        yield from formula_faults(at, "part", parts)


def formula_faults(at: Spot, what: str, names: Iterable[str]) -> Iterator[Fault]:
    """A tree of known words whose leaves are numbers and names."""
    if isinstance(at.value, dict):
        if len(at.value) != 1:
            yield at.fault("a formula has one word, such as 'sum', over its parts")
        for word, parts in at.value.items():
            if word not in FORMULA_WORDS:
                yield at.fault(f"no word '{word}' in a formula{did_you_mean(word, FORMULA_WORDS)}")
            for part in parts.value if isinstance(parts.value, list) else [parts]:
                yield from formula_faults(part, what, names)
    elif isinstance(at.value, str):
        yield from known_faults(at, what, names)
    elif isinstance(at.value, bool) or not isinstance(at.value, int | float):
        yield at.fault("a part of a formula is a number, a variable or a formula")


def template_faults(at: Spot, dataset: str, names: Iterable[str]) -> Iterator[Fault]:
    """A text whose braces hold variables."""
    for name in template_names(str(at.value)):
        yield from known_faults(Spot(name, at.file, at.line), f"variable of {dataset}", names)


def _condition(spot: Spot) -> Iterator[Fault]:
    if isinstance(spot.value, dict):
        state = spot.value.get("is")
        if state is not None and state.value not in ("present", "absent"):
            yield state.fault(f"'is' takes present or absent, not '{state.value}'")
        for word, target in spot.value.items():
            if word in COMPARED and not isinstance(target.value, str | int | float):
                yield target.fault(f"'{word}' takes a number or a variable")
            if word not in WORDS:
                hint = did_you_mean(word, sorted(WORDS))
                yield spot.fault(f"no condition '{word}'{hint}")


def shape_faults(kind: str, spot: Spot) -> Iterator[Fault]:
    """Unknown and missing keys inside a parameter that is a mapping of a known shape."""
    if kind.startswith("[") and isinstance(spot.value, list):
        for item in spot.value:
            yield from shape_faults(kind[1:-1], item)
    elif kind.startswith("{") and isinstance(spot.value, dict):
        for item in spot.value.values():
            yield from shape_faults(kind[1:-1], item)
    elif kind.startswith("shape:"):
        name = kind.removeprefix("shape:")
        shape = SHAPES[name]
        if not isinstance(spot.value, dict):
            yield spot.fault(f"a {name} is a mapping of {', '.join(shape)}")
            return
        for key, child in spot.value.items():
            if key not in shape:
                yield child.fault(f"no key '{key}' in a {name}{did_you_mean(key, shape)}")
            else:
                yield from shape_faults(shape[key].kind, child)
        for key, param in shape.items():
            if param.required and key not in spot.value:
                yield spot.fault(f"a {name} needs '{key}'")
