"""As much of JSON Schema, draft 7, as the schemas of the specs use; any other word is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
}
SAID = {"$schema", "title", "description", "definitions"}


def errors(value: Any, schema: Any, root: Any, path: str = "") -> Iterator[str]:
    """``path: what`` for everything that a schema forbids."""
    for word, wanted in schema.items():
        if word in SAID or word in ("then", "additionalProperties"):
            continue
        yield from WORDS[word](value, wanted, schema, root, path)
    if "additionalProperties" in schema and isinstance(value, dict):
        rest = schema["additionalProperties"]
        for name in value.keys() - schema.get("properties", {}).keys():
            if rest is False:
                yield f"{path}: no key '{name}'"
            else:
                yield from errors(value[name], rest, root, f"{path}/{name}")


def fits(value: Any, schema: Any, root: Any) -> bool:
    return next(errors(value, schema, root), None) is None


def is_type(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and not (name == "number" and isinstance(value, bool))


def _ref(value: Any, wanted: str, schema: Any, root: Any, path: str) -> Iterator[str]:
    assert schema.keys() <= {"$ref", *SAID}, "draft 7 passes over what stands beside $ref"
    yield from errors(value, root["definitions"][wanted.removeprefix("#/definitions/")], root, path)


def _type(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if not any(is_type(value, t) for t in (wanted if isinstance(wanted, list) else [wanted])):
        yield f"{path}: is no {wanted}"


def _any_of(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if not any(fits(value, one, root) for one in wanted):
        yield f"{path}: fits none of {len(wanted)}"


def _one_of(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if sum(fits(value, one, root) for one in wanted) != 1:
        yield f"{path}: does not fit one alone"


def _all_of(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    for one in wanted:
        yield from errors(value, one, root, path)


def _if(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if fits(value, wanted, root):
        yield from errors(value, schema["then"], root, path)


def _enum(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if value not in wanted:
        yield f"{path}: '{value}' is none of {wanted}"


def _const(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if value != wanted:
        yield f"{path}: '{value}' is not {wanted}"


def _required(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{path}: needs '{name}'" for name in wanted if name not in value)


def _properties(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in wanted.items():
            if name in value:
                yield from errors(value[name], one, root, f"{path}/{name}")


def _items(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from errors(item, wanted, root, f"{path}/{at}")


def _pattern(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{path}: '{value}' does not match {wanted}"


def _max_length(value: Any, wanted: Any, schema: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, str) and len(value) > wanted:
        yield f"{path}: is longer than {wanted}"


WORDS = {
    "$ref": _ref, "type": _type, "anyOf": _any_of, "oneOf": _one_of, "allOf": _all_of, "if": _if,
    "enum": _enum, "const": _const, "required": _required, "properties": _properties,
    "items": _items, "pattern": _pattern, "maxLength": _max_length,
}  # fmt: skip
