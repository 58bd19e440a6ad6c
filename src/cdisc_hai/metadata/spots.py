"""YAML with line numbers: every value knows the file and line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import yaml

from cdisc_hai.errors import Fault

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CoreLoader(_Base):  # type: ignore[misc]  # the C loader is chosen when it is there
    """YAML 1.2's core words only: NO is a term and not a truth, 2025-12-31 is a text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    _CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


NOT_YAML, NOT_UTF8, MISSING = "not YAML", "not UTF-8", "the file is missing"
"""How faults of files that could not be read begin."""

MOST_VALUES = 500_000
"""More than any file of specs that a person wrote; what has more is not read on."""


class Spot:
    """A value of a spec and where it stands.

    ``value`` is a dict of names to spots, a list of spots, or a plain scalar.
    """

    __slots__ = ("file", "line", "value")

    def __init__(self, value: Any, file: str, line: int) -> None:
        self.value, self.file, self.line = value, file, line

    @property
    def at(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"

    def fault(self, message: str) -> Fault:
        """A fault that stands here."""
        return Fault(self.file, self.line, message)

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {name: spot.plain() for name, spot in self.value.items()}
        if isinstance(self.value, list):
            return [spot.plain() for spot in self.value]
        return self.value

    def scalars(self) -> Iterator[Spot]:
        """Every scalar below, itself included."""
        if isinstance(self.value, dict):
            for spot in self.value.values():
                yield from spot.scalars()
        elif isinstance(self.value, list):
            for spot in self.value:
                yield from spot.scalars()
        else:
            yield self


def spots_of(plain: Any, at: Spot) -> Spot:
    """A plain value as if it stood at a place."""
    if isinstance(plain, list):
        plain = [spots_of(item, at) for item in plain]
    elif isinstance(plain, dict):
        plain = {name: spots_of(item, at) for name, item in plain.items()}
    return Spot(plain, at.file, at.line)


def read_spots(path: Path, name: str, faults: list[Fault]) -> Spot:
    """Read one YAML file; what cannot be read becomes a fault and an empty mapping."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = _CoreLoader(text)
        try:
            node = loader.get_single_node()
            return _spot(loader, node, name, 1, faults)
        finally:
            loader.dispose()
    except FileNotFoundError:
        faults.append(Fault(name, 1, f"{MISSING}; a study's specs need it"))
    except UnicodeDecodeError as error:
        faults.append(Fault(name, 1, f"{NOT_UTF8} at byte {error.start}; save the file as UTF-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        wrong = (text.splitlines() or [""])[min(line, text.count("\n") + 1) - 1 :][:1]
        tab = any("\t" in row[: len(row) - len(row.lstrip())] for row in wrong)
        told = "a tab at the start of the line; indent with blanks" if tab else error.problem
        faults.append(Fault(name, line, f"{NOT_YAML}: {told}"))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        faults.append(Fault(name, line, f"{NOT_YAML}: a control character; take it out"))
    return Spot({}, name, 1)


def _spot(
    loader: Any, node: Any, name: str, line: int, faults: list[Fault], above: tuple[Any, ...] = ()
) -> Spot:
    """A node of YAML and all below it; ``above`` are the nodes that it stands in."""
    if node is None:
        return Spot({}, name, line)
    line = node.start_mark.line + 1
    loader.values_read = getattr(loader, "values_read", 0) + 1
    if loader.values_read > MOST_VALUES:  # aliases that name aliases multiply
        if loader.values_read == MOST_VALUES + 1:
            faults.append(Fault(name, line, f"more than {MOST_VALUES:,} values; split the file"))
        return Spot(None, name, line)
    if any(node is outer for outer in above):
        faults.append(Fault(name, line, "a value holds itself by its alias"))
        return Spot(None, name, line)
    above = (*above, node)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Spot] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            child = _spot(loader, value_node, name, line, faults, above)
            child.line = key_node.start_mark.line + 1
            if key in found:
                faults.append(Fault(name, child.line, f"'{key}' stands twice; keep one"))
            found[key] = child
        return Spot(found, name, line)
    if isinstance(node, yaml.SequenceNode):
        items = [_spot(loader, n, name, line, faults, above) for n in node.value]
        return Spot(items, name, line)
    return Spot(loader.construct_object(node), name, line)
