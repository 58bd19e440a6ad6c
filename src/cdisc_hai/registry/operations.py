"""What a spec can name: an operation is a function, its parameters and its sentence.

A parameter has a kind, which says what the spec may write there and what it refers to:
``text``, ``number``, ``flag``, ``any`` are plain values; ``column`` is a column of the record
block's source (or ``@role``), ``variable`` one of the same dataset, ``source`` a variable
of another dataset (``DM.RFSTDTC``), ``dataset`` a dataset, ``recode``, ``codelist`` and
``imputation`` a table of that name, ``ordering`` a variable, alone or followed by ``descending``,
``variable_value`` a variable of the dataset of ``value``,
``subject`` is a variable of ADSL, ``limit`` the word CUTOFF or a ``source``, ``where`` a condition.
``either`` is a source or, without a point, a variable; ``ordering_of`` is an ordering by a variable
of the ``dataset`` beside it, ``match`` own variables with those of that dataset that they are to
equal, ``parameter`` a PARAMCD of the same dataset, ``formula`` a tree of ``FORMULA_WORDS``,
``part_formula`` one over the names of ``parts`` and ``once`` beside it, ``template`` a text with
variables in braces, ``terms`` a mapping of a term to one or several others.
``[kind]`` is a list of them, ``{kind}`` a mapping of names to them, and ``shape:NAME`` a mapping
of ``SHAPES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Stage = Literal["row", "whole", "column", "records", "check"]
"""Where an operation runs: on the rows of one record block (SDTM), on a whole SDTM dataset
when others are there, on the columns of an ADaM dataset, making ADaM records, or checking."""

Origin = Literal["collected", "assigned", "derived", "predecessor", "copied", "chosen", "given"]
"""What a value's origin is in Define-XML. ``collected``: that of the column that it names;
``copied``: that of the variable or source that it names; ``chosen``: that of its cases;
``given``: what the derivation of the parameter's records gave; the others say it themselves."""


@dataclass(frozen=True)
class Param:
    """A parameter of an operation: its kind, and whether the spec must give it.

    ``study`` names the value of the study that holds where the spec gives none.
    """

    kind: str
    required: bool = True
    choices: tuple[str, ...] = ()
    study: str = ""


@dataclass(frozen=True)
class Operation:
    """A named operation; ``sentence`` tells a reviewer what it does.

    Parameters stand in braces; a part in square brackets is left away where one of its parameters
    is not given (or false): ``The latest day of {sources}[, not after {not_after}].``
    """

    name: str
    stage: Stage
    function: Callable[..., Any]
    sentence: str
    params: Mapping[str, Param] = field(default_factory=dict)
    origin: Origin = "derived"


_OPERATIONS: dict[str, Operation] = {}

SHAPES: dict[str, dict[str, Param]] = {
    # a value chosen in a list of cases
    "case": {
        "when": Param("where", required=False),
        "value": Param("any", required=False),
        "column": Param("column", required=False),
        "variable": Param("variable", required=False),
    },
    # dates of another dataset: which records, which variable, how a partial one is completed
    "date_source": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "date": Param("variable_of"),
        "impute": Param("imputation", required=False),
        "label": Param("text", required=False),
    },
    "day_source": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "date": Param("variable_of"),
        "otherwise": Param("variable_of", required=False),
        "impute": Param("imputation", required=False),
    },
    # a record that exists in another dataset
    "exists_source": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "date": Param("variable_of", required=False),
        "impute": Param("imputation", required=False),
        "not_before": Param("variable", required=False),
        "after": Param("variable", required=False),
        "before": Param("variable", required=False),
        "not_after": Param("limit", required=False),
    },
    # a record of another dataset that a check asks for, or rules out
    "other_record": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "match": Param("match", required=False),
        "date": Param("variable_of", required=False),
    },
    # limits of a number, for the records that fit a condition
    "limits": {
        "when": Param("where", required=False),
        "low": Param("number", required=False),
        "high": Param("number", required=False),
    },
    # days in which an event counts: from one date to another, or after each record of a dataset
    "window": {
        "when": Param("where", required=False),
        "from": Param("source", required=False),
        "to": Param("source", required=False),
        "plus_days": Param("number", required=False),
        "dataset": Param("dataset", required=False),
        "where": Param("where_of", required=False),
        "date": Param("variable_of", required=False),
        "not_before": Param("source", required=False),
    },
    # the days that make an analysis visit
    "visit_window": {
        "visit": Param("text"),
        "number": Param("number", required=False),
        "target": Param("number", required=False),
        "low": Param("number", required=False),
        "high": Param("number", required=False),
        "range": Param("text", required=False),
        "when": Param("where", required=False),
    },
    # a date of a subject's course, by which time-to-event rules are told
    "moment": {
        "dataset": Param("dataset", required=False),
        "parameter": Param("parameter", required=False),
        "where": Param("where_of", required=False),
        "date": Param("variable_of", required=False),
        "pick": Param("text", required=False, choices=("first", "last")),
        "not_before": Param("text", required=False),
        "not_after": Param("text", required=False),
        "after": Param("text", required=False),
        "before": Param("text", required=False),
        "first_of": Param("[text]", required=False),
        "last_of": Param("[text]", required=False),
        "plus_days": Param("number", required=False),
        "from": Param("text", required=False),
        "label": Param("text", required=False),
        "value": Param("variable_of", required=False),
        "impute": Param("imputation", required=False),
    },
    # lesions as they were identified: which are what, which are lymph nodes
    "lesions": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "link": Param("variable_of"),
        "group": Param("variable_of", required=False),
        "target": Param("where_of"),
        "nontarget": Param("where_of"),
        "new": Param("where_of", required=False),
        "node": Param("where_of", required=False),
        "split": Param("text", required=False),
        "merge": Param("text", required=False),
        "organ": Param("variable_of", required=False),
        "slice": Param("variable_of", required=False),
        "visit": Param("variable_of", required=False),
        "visit_number": Param("variable_of", required=False),
        "date": Param("variable_of", required=False),
        "impute": Param("imputation", required=False),
    },
    # what was found of lesions: which results measure them, which are states
    "lesion_results": {
        "dataset": Param("dataset"),
        "where": Param("where_of", required=False),
        "link": Param("variable_of"),
        "group": Param("variable_of", required=False),
        "visit": Param("variable_of"),
        "visit_number": Param("variable_of", required=False),
        "date": Param("variable_of"),
        "impute": Param("imputation", required=False),
        "size": Param("variable_of"),
        "baseline": Param("where_of"),
        "diameter": Param("where_of", required=False),
        "short_axis": Param("where_of", required=False),
        "too_small": Param("where_of", required=False),
        "absent": Param("where_of", required=False),
        "present": Param("where_of"),
        "progressed": Param("where_of", required=False),
        "equivocal": Param("where_of", required=False),
    },
    # the dates of visits
    "visit_dates": {
        "dataset": Param("dataset"),
        "visit": Param("variable_of"),
        "date": Param("variable_of"),
        "impute": Param("imputation", required=False),
        "target_free": Param("flag", required=False),
        "response": Param("variable_of", required=False),
    },
    # what a protocol sets otherwise than RECIST 1.1 (mm and percent), or decides where it is open
    "criteria": {
        "name": Param("text", required=False),
        "too_small": Param("number", required=False),
        "node_normal_below": Param("number", required=False),
        "growth_percent": Param("number", required=False),
        "growth_absolute": Param("number", required=False),
        "shrinkage_percent": Param("number", required=False),
        "measurable_longest": Param("number", required=False),
        "measurable_node": Param("number", required=False),
        "max_targets": Param("number", required=False),
        "max_per_organ": Param("number", required=False),
        "missing_as_ne": Param("flag", required=False),
        "reappearance_is_pd": Param("flag", required=False),
    },
    # a condition on moments
    "test": {
        "present": Param("text", required=False),
        "absent": Param("text", required=False),
        "earlier": Param("[text]", required=False),
        "more_than_days": Param("number", required=False),
        "from": Param("text", required=False),
        "to": Param("text", required=False),
        "any": Param("[shape:test]", required=False),
    },
    # a ranked rule: the first that fits decides
    # a moment that gives a parameter its value, by its rank
    "ranked": {
        "moment": Param("text"),
        "value": Param("text", required=False),
    },
    "tte_rule": {
        "when": Param("[shape:test]", required=False),
        "date": Param("text"),
        "censor": Param("number"),
        "description": Param("text", required=False),
    },
}


FORMULA_WORDS = (
    "sum",
    "difference",
    "product",
    "quotient",
    "power",
    "root",
    "log",
    "absolute",
    "round",
    "smallest",
    "largest",
    "present",
)
"""What a formula may do with its parts."""


_BRACES = re.compile(r"\{(\w+)\}")


def template_names(template: str) -> list[str]:
    """The variables in the braces of a template, each once."""
    return list(dict.fromkeys(_BRACES.findall(template)))


def operation(
    name: str, origin: Origin = "derived", /, *, stage: Stage, sentence: str, **params: Param
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function under the name by which specs call it."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        known = _OPERATIONS.get(name)
        if known and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two operations are called {name!r}")
        _OPERATIONS[name] = Operation(name, stage, function, sentence, params, origin)
        return function

    return register


def operations() -> Mapping[str, Operation]:
    """Every operation that has been imported, by name."""
    return dict(sorted(_OPERATIONS.items()))


def parts_of(kind: str, value: Any) -> Iterator[tuple[str, Any, Any]]:
    """The leaves of a parameter's value: (kind, value, the shape's mapping it stands in)."""
    yield from _parts(kind, value, None)


def _parts(kind: str, value: Any, within: Any) -> Iterator[tuple[str, Any, Any]]:
    inner = getattr(value, "value", value)
    if kind.startswith("[") and isinstance(inner, list):
        for item in inner:
            yield from _parts(kind[1:-1], item, within)
    elif kind.startswith("[") or (kind.startswith("{") and not isinstance(inner, dict)):
        yield from _parts(kind[1:-1], value, within)
    elif kind.startswith("{"):
        for item in inner.values():
            yield from _parts(kind[1:-1], item, within)
    elif kind.startswith("shape:"):
        shape = SHAPES[kind.removeprefix("shape:")]
        if isinstance(inner, dict):
            for name, item in inner.items():
                if name in shape:
                    yield from _parts(shape[name].kind, item, inner)
    elif kind == "either":
        yield ("source" if "." in str(inner) else "variable"), value, within
    else:
        yield kind, value, within
