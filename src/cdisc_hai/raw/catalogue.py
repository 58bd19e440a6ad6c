"""The items of the collection forms as a person sees them: labels, types, choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Choice:
    """A code that an item may hold, and what it means."""

    code: str
    decode: str


@dataclass(frozen=True)
class Item:
    """One item of a form; what the export does not tell is empty."""

    form: str
    name: str
    label: str = ""
    form_label: str = ""
    type: str = ""
    format: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()


_TOLD = ("label", "form_label", "type", "format", "unit")


def catalogue_of(
    table: pd.DataFrame, columns: Mapping[str, str], choices: Mapping[str, tuple[Choice, ...]]
) -> tuple[Item, ...]:
    """The dictionary's items in its order.

    ``columns`` names the table's columns by what they tell (form, item, label, form_label, type,
    format, unit, codelist); ``choices`` has those of each codelist.
    """
    told = [name for name in _TOLD if columns.get(name) in table.columns]
    lists = table[columns["codelist"]] if columns.get("codelist") in table.columns else None
    return tuple(
        Item(
            form=str(form),
            name=str(item),
            choices=choices.get(str(codelist), ()),
            **dict(zip(told, (str(value) for value in values), strict=True)),
        )
        for form, item, codelist, *values in zip(
            table[columns["form"]],
            table[columns["item"]],
            lists if lists is not None else [""] * len(table),
            *(table[columns[name]] for name in told),
            strict=True,
        )
    )


def choices_of(table: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, tuple[Choice, ...]]:
    """The codes of each codelist with their decodes, in the table's order."""
    decodes = columns.get("decode")
    meanings = table[decodes] if decodes in table.columns else [""] * len(table)
    found: dict[str, list[Choice]] = {}
    for name, code, meaning in zip(
        table[columns["codelist"]], table[columns["code"]], meanings, strict=True
    ):
        found.setdefault(str(name), []).append(Choice(str(code), str(meaning)))
    return {name: tuple(every) for name, every in found.items()}


def of_columns(frames: Mapping[str, Iterable[str]]) -> tuple[Item, ...]:
    """The items of an export without a dictionary: its columns, by form."""
    return tuple(
        Item(form, column)
        for form, columns in frames.items()
        for column in columns
        if not column.startswith("@")
    )
