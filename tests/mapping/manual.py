"""The manual of the SDTM operations, made from the registry and the cases of the tests."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from cdisc_hai.metadata import Codelist, Recode
from cdisc_hai.registry import SHAPES, Operation, Param, operations
from tests.mapping import check_cases, row_cases, text_cases, whole_cases
from tests.mapping.case import ANSWER, Case

CASES = (*row_cases.CASES, *text_cases.CASES, *whole_cases.CASES, *check_cases.CASES)
STAGES = {
    "row": ("Operations on a row", "They see one source row at a time."),
    "whole": (
        "Operations on a whole dataset",
        "They see all records of the dataset, and of the others that they name.",
    ),
    "check": ("Tests of checks", "The answer is `Y` for a record that fails."),
}
KINDS = {
    "column": "a column of the source, or a role",
    "variable": "a variable of the dataset",
    "variable_value": "a variable of the dataset of `value`",
    "variable_of": "a variable of that dataset",
    "source": "DATASET.VARIABLE",
    "dataset": "a dataset",
    "recode": "a recode of codelists.yaml",
    "codelist": "a codelist of codelists.yaml",
    "where": "a condition",
    "where_value": "a condition on the dataset of `value`",
    "where_of": "a condition on that dataset",
    "function": "a dotted path in the folder of specs",
    "text": "a text",
    "number": "a number",
    "flag": "true or false",
    "any": "a value",
}
HEAD = """\
# Operations of the SDTM mapping

Each with its parameters, what Define-XML says of it, and examples: a line of a spec, the rows that go in,
and in the last column (`=>`) what comes out. The examples are cases of the tests and have been run. This page
is made by `tools/make_operations.py`; [mapping.md](mapping.md) explains where operations stand.

In a spec an operation stands behind `map:`, or behind `test:` of a check. In the tables a name with `#` holds
numbers, `=NAME` is a variable of the record that was mapped before, `<=` the lines of the export that a
value was taken from, and other datasets stand below. The recode SEX of the examples has `1: M`, `2: F` and
`u: U`; the schedule has SCREENING (1), CYCLE 1 DAY 1 (3) and UNSCHEDULED 1 (901, not planned).
"""


def manual() -> str:
    """The page."""
    parts = [HEAD]
    for stage, (title, words) in STAGES.items():
        parts.append(f"\n## {title}\n\n{words}\n")
        for operation in operations().values():
            if operation.stage == stage:
                parts.extend(_operation(operation))
    return "\n".join(parts).rstrip() + "\n"


def _operation(operation: Operation) -> Iterator[str]:
    yield f"### {operation.name}\n"
    yield f"{_told(operation)}\n"
    params = {name: p for name, p in operation.params.items() if not _given(p)}
    if params:
        yield "| parameter | is | must |\n|---|---|---|"
        for name, param in params.items():
            yield f"| `{name}` | {_kind(param)} | {'yes' if param.required else ''} |"
        yield ""
    yield f"Define-XML: {operation.sentence}\n"
    cases = [c for c in CASES if c.op == operation.name and not c.bug]
    for case in cases:
        yield from _case(operation, case)


def _told(operation: Operation) -> str:
    """The first paragraph of the docstring, on one line."""
    text = inspect.cleandoc(operation.function.__doc__ or "")
    return " ".join(text.replace("``", "`").split())


def _given(param: Param) -> bool:
    return param.kind.startswith(("study:", "run:", "keys"))


def _kind(param: Param) -> str:
    kind = param.kind
    if param.choices:
        return " or ".join(f"`{choice}`" for choice in param.choices)
    if kind.startswith("[") or kind.startswith("{"):
        return f"a list: {_kind(Param(kind[1:-1]))}"
    if kind.startswith("shape:"):
        return f"a mapping of {', '.join(f'`{key}`' for key in SHAPES[kind[6:]])}"
    study = f"; raw.yaml's `{param.study.removeprefix('raw.')}` if not told" if param.study else ""
    return KINDS.get(kind, kind) + study


def _case(operation: Operation, case: Case) -> Iterator[str]:
    yield f"{case.sentence}:\n"
    yield f"`{_spec(operation, case.args)}`\n"
    yield _table(case.drawing)
    for name, drawing in case.tables.items():
        yield f"\n{name}:\n\n{_table(drawing)}"
    for problem in case.problems:
        yield f"\n{problem.rule}, {problem.severity}: {problem.messages[0]}"
    yield ""


def _table(drawing: str) -> str:
    lines = [line.strip() for line in drawing.splitlines() if line.strip()]
    rule = "|" + "---|" * (lines[0].count("|") - 1)
    return "\n".join([lines[0].replace(ANSWER, "`=>`"), rule, *lines[1:]])


def _spec(operation: Operation, args: Mapping[str, Any]) -> str:
    said = {
        name: value
        for name, value in args.items()
        if name in operation.params and not _given(operation.params[name])
    }
    return f"{{op: {operation.name}{''.join(f', {k}: {_yaml(v)}' for k, v in said.items())}}}"


def _yaml(value: Any) -> str:
    if isinstance(value, Recode | Codelist):
        return value.name
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_yaml(k)}: {_yaml(v)}' for k, v in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(v) for v in value)}]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        name = value.removeprefix("=") if value[:1] == "=" and value[1:].isidentifier() else value
        bare = name and all(c.isalnum() or c in "_./-" for c in name) and not name[0].isdigit()
        return name if bare else f'"{name}"'
    return str(value)
