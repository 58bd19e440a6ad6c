"""Which columns of each form the specs read, and the spec line that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdisc_hai.metadata.long_blocks import beside, source_column
from cdisc_hai.metadata.model import Block, Dataset, Form, Study
from cdisc_hai.metadata.reads import row_leaves
from cdisc_hai.registry import Operation


def columns_read(study: Study, known: Mapping[str, Operation]) -> dict[str, dict[str, str]]:
    """By form, each column that a spec names with the ``file:line`` that names it first.

    Variables before raw.yaml: what a missing column is missing for is told by its variable.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in study.raw.forms}
    for dataset in study.sdtm.values():
        for block in dataset.blocks:
            if block.kind == "gather":
                for entry in block.params["entries"]:
                    names = [entry[key] for key in ("start", "end") if key in entry]
                    _note(found, entry["form"], [*names, *(entry.get("where") or {})], block.at)
            elif block.kind == "form":
                _note_beside(found, block)
                first = block.params.get("first") or {}
                names = [*block.where, *_listed(first.get("by")), *_listed(first.get("date"))]
                names += _listed(block.params.get("dates"))
                own = [name for name in names if beside(block, name) is None]
                _note(found, block.source, own, block.at)
                for name, at in _of_block(dataset, block, known):
                    behind = source_column(block, name)
                    if behind and beside(block, behind) is None:
                        _note(found, block.source, [behind], at)
    for form in study.raw.forms.values():
        _note(found, form.name, _of_form(form), form.at)
    return found


def date_columns(study: Study, known: Mapping[str, Operation]) -> dict[str, tuple[str, ...]]:
    """By form, the columns that hold dates: those that date a record, and those read as dates."""
    found = {name: dict.fromkeys(form.dates) for name, form in study.raw.forms.items()}
    for dataset in study.sdtm.values():
        for block in dataset.blocks:
            if block.kind != "form":
                continue
            for step, leaf, value in row_leaves(dataset, block, known):
                if step.op == "iso8601" and leaf == "column" and value is not None:
                    behind = source_column(block, str(value)) or ""
                    form, column = beside(block, behind) or (block.source, behind)
                    if form in found:
                        found[form].setdefault(column)
    return {
        name: tuple(c for c in names if c[:1] not in ("", "@")) for name, names in found.items()
    }


def _note_beside(found: dict[str, dict[str, str]], block: Block) -> None:
    """What the other forms of a block are read for, and what of its own form finds them."""
    for entry in block.params.get("with") or []:
        match = entry.get("match") or {}
        names = [*entry["columns"].values(), *match.values(), *(entry.get("where") or {})]
        if entry["form"] in found:
            _note(found, entry["form"], names, block.at)
        _note(found, block.source, match, block.at)


def _listed(value: Any) -> list[str]:
    return (
        [] if value is None else [str(v) for v in (value if isinstance(value, list) else [value])]
    )


def _note(found: dict[str, dict[str, str]], form: str, names: Any, at: str) -> None:
    for name in names:
        if not str(name).startswith(("@", "=")):
            found[form].setdefault(str(name), at)


def _of_form(form: Form) -> Iterator[str]:
    yield from form.dates
    yield from (*form.once_per, *form.unique_by, *form.filled, *form.where)
    for where, _, _ in form.not_submitted:
        yield from where
    for asked in form.answers:
        yield from (*asked.where, *asked.present, *asked.absent, *asked.must)
    for steady in form.steady:
        yield from (*steady.by, *steady.columns, *steady.where)


def _of_block(
    dataset: Dataset, block: Block, known: Mapping[str, Operation]
) -> Iterator[tuple[str, str]]:
    for step, leaf, value in row_leaves(dataset, block, known):
        if leaf == "column" and value is not None:
            yield str(value), step.at
        elif leaf == "where" and isinstance(value, Mapping):
            yield from ((str(column), step.at) for column in value)
