"""What the specs alone tell of values: which ones a variable can have, and in which records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cdisc_hai.metadata.long_blocks import typed_value
from cdisc_hai.metadata.model import Block, Dataset, Step, Study, Variable
from cdisc_hai.registry import Operation

Given = Mapping[str, str]
"""Values that variables of the record are known to have."""

CASES = "[shape:case]"


def entry(dataset: Dataset, name: str) -> Variable | None:
    """A variable or a qualifier of a dataset."""
    return next((v for v in (*dataset.variables, *dataset.qualifiers) if v.name == name), None)


class Flow:
    """Which values can stand where; None means that the specs alone do not tell."""

    def __init__(self, study: Study, known: Mapping[str, Operation]) -> None:
        self.study, self.known = study, known

    def blocks_where(self, dataset: Dataset, given: Mapping[str, Any]) -> tuple[Block, ...]:
        """The record blocks in which records that fit a condition can stand."""
        return tuple(
            block
            for block in dataset.blocks
            if all(self._can(dataset, block, name, wanted) for name, wanted in given.items())
        )

    def _can(self, dataset: Dataset, block: Block, name: str, wanted: Any) -> bool:
        values = self.possible(dataset, block, name)
        return values is None or any(decides(wanted, value) is not False for value in values)

    def possible(self, dataset: Dataset, block: Block, name: str) -> frozenset[str] | None:
        """The values that a variable can have in the records of a block."""
        variable = entry(dataset, name)
        step = variable.step(block.name) if variable else None
        if variable is None:
            return None
        return frozenset({""}) if step is None else self._of_step(dataset, block, step)

    def _of_step(self, dataset: Dataset, block: Block, step: Step) -> frozenset[str] | None:
        operation = self.known[step.op]
        kinds = {name: param.kind for name, param in operation.params.items()}
        if CASES in kinds.values():
            name = next(name for name, kind in kinds.items() if kind == CASES)
            return self._of_cases(dataset, block, step.params[name])
        if operation.origin == "assigned" and set(step.params) == {"value"}:
            return frozenset({_text(step.params["value"])})
        if set(step.params) == {"column", "recode"}:
            return frozenset({"", *self.study.recodes[step.params["recode"]].terms.values()})
        if operation.origin == "copied" and set(step.params) == {"variable"}:
            return self.possible(dataset, block, step.params["variable"])
        if operation.origin == "collected" and set(step.params) == {"column"}:
            return _of_column(block, step.params["column"])
        return None

    def _of_cases(
        self, dataset: Dataset, block: Block, cases: list[Mapping[str, Any]]
    ) -> frozenset[str] | None:
        found: set[str] = set() if any(not case.get("when") for case in cases) else {""}
        for case in cases:
            if "column" in case:
                return None
            values: frozenset[str] | None = frozenset({_text(case.get("value"))})
            if "variable" in case:
                values = self.possible(dataset, block, case["variable"])
            if values is None:
                return None
            found |= values
        return frozenset(found)


def _of_column(block: Block, column: str) -> frozenset[str] | None:
    """The values of a column that the spec itself types."""
    if block.kind == "rows":
        return frozenset(_text(row.get(column)) for row in block.params["entries"])
    value = typed_value(block, column)
    return None if value is None else frozenset({_text(value)})


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def decides(wanted: Any, value: str) -> bool | None:
    """Whether a value fits a condition; None where more would have to be known."""
    if isinstance(wanted, Mapping):
        answers = {_word(word, target, value) for word, target in wanted.items()}
        if False in answers:
            return False
        return None if None in answers else True
    targets: list[Any] = wanted if isinstance(wanted, list) else [wanted]
    return any(value == _text(target) for target in targets)


def _word(word: str, target: Any, value: str) -> bool | None:
    if word == "is":
        return bool((value != "") == (target == "present"))
    if word == "not":
        fits = decides(target, value)
        return None if fits is None else not fits
    return None


def specialised(operation: Operation, step: Step, given: Given) -> Step:
    """The same operation for records in which variables have known values.

    Cases that cannot hold are left out, and so is the part of a condition that surely holds; of a
    table by the values of another variable (``by``) only the part of its value stays.
    """
    if not given:
        return step
    params = dict(step.params)
    for name, param in operation.params.items():
        if param.kind == CASES and name in params:
            params[name] = _cases(operation, params[name], given)
    value = given.get(str(params.get("by", "")))
    if value is not None:
        for name, table in list(params.items()):
            if isinstance(table, Mapping) and isinstance(table.get(value), Mapping):
                params[name] = table[value]
                params.pop("by", None)
    return replace(step, params=params)


def _cases(operation: Operation, cases: list[Mapping[str, Any]], given: Given) -> list[Any]:
    kept: list[Any] = []
    for case in cases:
        open_parts, fits = {}, True
        for key, wanted in (case.get("when") or {}).items():
            own = key[1:] if key.startswith("=") else key
            answer = None
            if own in given and (key != own or operation.stage != "row"):
                answer = decides(wanted, given[own])
            if answer is False:
                fits = False
            elif answer is None:
                open_parts[key] = wanted
        if fits:
            rest = {k: v for k, v in case.items() if k != "when"}
            kept.append({"when": open_parts, **rest} if open_parts else rest)
            if not open_parts:
                break
    return kept
