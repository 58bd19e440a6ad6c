"""JSON Schema (draft 7) of the spec files, made from the keys, the registry and the types.

Editors complete and check by it while one writes; ``spec check`` tells more, as it knows the whole
study. A schema accepts whatever the readers do, but for keys that they pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cdisc_hai.metadata.check import LABEL_BYTES, NAME_BYTES
from cdisc_hai.metadata.conditions import WORDS as CONDITION_WORDS
from cdisc_hai.metadata.dataset_file import BLOCK_KINDS
from cdisc_hai.metadata.key import Key
from cdisc_hai.metadata.keys import CONSTRUCTS, FILES
from cdisc_hai.metadata.model import FORMAT, NUMBER_TYPES, TEXT_TYPES
from cdisc_hai.metadata.study_file import ROLES
from cdisc_hai.registry import SHAPES, Operation, Param

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_GIVEN = ("run:", "study:", "keys")
"""Kinds of parameters that no spec gives: the run does."""
_CONSTANT: Schema = {"type": "string", "pattern": "^\\$"}
_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
_TEXT: Schema = {"type": ["string", "number"]}
_STAGES = {"sdtm": ("row", "whole")}


def schemas(known: Mapping[str, Operation]) -> dict[str, Schema]:
    """The schema of each kind of file, by the name of its file."""
    found = {f"{name}.schema.json": _file(name, known) for name in FILES}
    found["common.schema.json"] = _root("common", known) | {
        "type": "object",
        "additionalProperties": {"$ref": "#/definitions/common"},
    }
    return dict(sorted(found.items()))


def _file(name: str, known: Mapping[str, Operation]) -> Schema:
    return _root(name, known) | {"$ref": f"#/definitions/{name}"}


def _root(name: str, known: Mapping[str, Operation]) -> Schema:
    needed = _Needed(known)
    needed.want(name)
    return {
        "$schema": DRAFT,
        "title": f"cdisc-hai specs, format {FORMAT}: {name}",
        "definitions": needed.definitions(),
    }


class _Needed:
    """The definitions that a file needs, each made once."""

    def __init__(self, known: Mapping[str, Operation]) -> None:
        self.known = known
        self.waiting: list[str] = []
        self.made: dict[str, Schema] = {}

    def want(self, name: str) -> Schema:
        """A reference to a definition."""
        if name not in self.made and name not in self.waiting:
            self.waiting.append(name)
        return {"$ref": f"#/definitions/{name}"}

    def definitions(self) -> dict[str, Schema]:
        """Everything that was wanted, and what that wanted in its turn."""
        while self.waiting:
            name = self.waiting.pop()
            self.made[name] = {}
            self.made[name] = self._definition(name)
        return dict(sorted(self.made.items()))

    def _definition(self, name: str) -> Schema:
        kind, _, rest = name.partition(".")
        if kind == "where":
            return self._where()
        if kind == "op":
            return self._operation(self.known[rest])
        if kind == "step":
            return self._step(rest)
        if kind == "shape":
            return self._mapping(SHAPES[rest])
        return self._construct(name)

    def _construct(self, name: str) -> Schema:
        keys = CONSTRUCTS[name]
        return _closed(
            {key: self._key(name, key, found) for key, found in keys.items()},
            [key for key, found in keys.items() if found.required],
        ) | _MORE.get(name, {})

    def _key(self, construct: str, name: str, key: Key) -> Schema:
        schema = self._kind(key.kind)
        if key.choices:
            schema = {"enum": list(key.choices)}
        if (construct, name) == ("study", "format"):
            schema = {"const": FORMAT}
        if name == "label" and key.says.startswith(("its label", "of at most")):
            schema = {"anyOf": [{"type": "string", "maxLength": LABEL_BYTES}, {"type": "number"}]}
        if name == "dataset" and key.says.startswith("its name"):
            schema = {"type": "string", "maxLength": NAME_BYTES}
        return {"description": key.says, **schema} if "$ref" not in schema else {
            "description": key.says,
            "allOf": [schema],
        }  # fmt: skip

    def _kind(self, kind: str) -> Schema:
        if kind.startswith("@"):
            return self.want(kind[1:])
        if kind.startswith("[") and kind[1:-1] in CONSTRUCTS:
            return {"type": "array", "items": self.want(kind[1:-1])}
        if kind.startswith("{") and kind[1:-1] in CONSTRUCTS:
            return {"type": "object", "additionalProperties": self.want(kind[1:-1])}
        if kind.startswith("$"):
            step = self.want(f"step.{kind[1:]}")
            many = {"type": "array", "items": step}
            return {"anyOf": [many, step]} if kind == "$sdtm" else step
        if kind == "{moment}":
            return {"type": "object", "additionalProperties": self.want("shape.moment")}
        return self.want("where") if kind == "where" else _PLAIN[kind]

    def _where(self) -> Schema:
        words: Schema = {word: {} for word in sorted(CONDITION_WORDS)}
        words["is"] = {"enum": ["present", "absent"]}
        wanted = [_SCALAR, {"type": "array", "items": _SCALAR}, _closed(words, [])]
        return {"type": "object", "additionalProperties": {"anyOf": wanted}}

    def _step(self, stage: str) -> Schema:
        """An operation: its name decides which parameters it takes."""
        stages = _STAGES.get(stage, (stage,))
        names = [o.name for o in self.known.values() if o.stage in stages]
        branches = [
            {
                "if": {"properties": {"op": {"const": name}}, "required": ["op"]},
                "then": self.want(f"op.{name}"),
            }
            for name in names
        ]
        return {
            "type": "object",
            "required": ["op"],
            "properties": {"op": {"enum": names}},
            "allOf": branches,
        }

    def _operation(self, operation: Operation) -> Schema:
        found = self._mapping(operation.params)
        found["properties"] = {
            "op": {"const": operation.name},
            "for": {"description": "the records that it works on", **_PLAIN["texts"]},
            **found["properties"],
        }
        if "moments" in operation.params:  # those of the dataset serve too
            found["required"] = [name for name in found["required"] if name != "moments"]
        return {"description": operation.sentence, **found}

    def _mapping(self, params: Mapping[str, Param]) -> Schema:
        given = {n: p for n, p in params.items() if not p.kind.startswith(_GIVEN)}
        properties = {
            name: _chosen(p) if p.choices else self._param(p.kind) for name, p in given.items()
        }
        return _closed(properties, [name for name, p in given.items() if p.required])

    def _param(self, kind: str) -> Schema:
        """A parameter by its registered kind; a constant may stand for any value."""
        if kind.startswith("["):
            inner = self._param(kind[1:-1])
            return {"anyOf": [{"type": "array", "items": inner}, _CONSTANT]}
        if kind.startswith("{"):
            return {"type": "object", "additionalProperties": self._param(kind[1:-1])}
        if kind.startswith("shape:"):
            return self.want(f"shape.{kind.removeprefix('shape:')}")
        if kind.startswith("where"):
            return self.want("where")
        return _PARAMS.get(kind, _TEXT)


def _chosen(param: Param) -> Schema:
    one: Schema = {"enum": list(param.choices)}
    return {"type": "array", "items": one} if param.kind.startswith("[") else one


def _closed(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


_LISTS: Schema = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
_PLAIN: dict[str, Schema] = {
    "text": _TEXT,
    "texts": _LISTS,
    "number": {"anyOf": [{"type": "number"}, _CONSTANT]},
    "flag": {"type": "boolean"},
    "map": {"type": "object"},
    "any": {},
    "type": {"enum": [*TEXT_TYPES, *NUMBER_TYPES]},
    "column": _TEXT,
    "columns": _LISTS,
    "roles": {"anyOf": [{"type": "array", "items": {"enum": list(ROLES)}}, {"enum": list(ROLES)}]},
    "rows": {
        "anyOf": [
            {"type": "array", "items": {"type": "object", "additionalProperties": _SCALAR}},
            _CONSTANT,
        ]
    },
}
_PARAMS: dict[str, Schema] = {
    "number": _PLAIN["number"],
    "flag": {"type": "boolean"},
    "any": {},
    "match": {"type": "object", "additionalProperties": _TEXT},
    "formula": {"type": ["object", "string", "number"]},
    "terms": {"type": "object", "additionalProperties": _LISTS},
    "part_formula": {"type": ["object", "string", "number"]},
    "source": {"type": "string", "pattern": "^([^.]+\\.[^.]+|\\$.+)$"},
    "limit": {"type": "string", "pattern": "^([^.]+\\.[^.]+|CUTOFF|\\$.+)$"},
}
_MORE: dict[str, Schema] = {
    "standards": {"additionalProperties": _TEXT},
    "sdtm_variable": {"anyOf": [{"required": ["use"]}, {"required": ["name", "map"]}]},
    "qualifier": {"anyOf": [{"required": ["use"]}, {"required": ["name", "map"]}]},
    "adam_variable": {"anyOf": [{"required": ["use"]}, {"required": ["name"]}]},
    "block": {
        "oneOf": [{"required": [kind]} for kind in BLOCK_KINDS],
    },
}
