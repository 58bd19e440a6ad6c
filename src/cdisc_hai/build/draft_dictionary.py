"""The dictionary among the files of an export, and the recodes that its code lists make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdisc_hai.build.draft_words import called
from cdisc_hai.raw.catalogue import Choice, choices_of
from cdisc_hai.raw.dictionary import choices_in
from cdisc_hai.raw.table import RawTable

ITEM_KEYS = ("form", "item", "label", "type", "codelist", "choices")


def dictionary_in(tables: Sequence[RawTable]) -> dict[str, dict[str, str]]:
    """``items`` and ``codes`` of raw.yaml's ``dictionary``; empty where no table is one.

    A table of codes has a list, a code and its words; one of items an item, and a form or a list.
    """
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        columns = list(table.frame.columns)
        names = {key: _first(f"dict_{key}", columns) for key in (*ITEM_KEYS, "code", "decode")}
        told = {key: name for key, name in names.items() if name}
        if {"codelist", "code", "decode"} <= told.keys():
            keys = ("codelist", "code", "decode")
            found.setdefault("codes", {"file": table.file, **{k: told[k] for k in keys}})
        elif "item" in told and told.keys() & {"form", "codelist"}:
            own = {key: told[key] for key in ITEM_KEYS if key in told}
            found.setdefault("items", {"file": table.file, **own})
    return found if "items" in found else {}


def _first(kind: str, columns: list[str]) -> str:
    return next(iter(called(kind, columns)), "")


def recodes_of(
    tables: Sequence[RawTable], dictionary: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """By list, each code with its words in capital letters, to begin with."""
    codes: Any = dictionary.get("codes")
    table = next((t for t in tables if codes and t.file == codes["file"]), None)
    lists = choices_of(table.frame, codes) if table is not None else _choices(tables, dictionary)
    return {
        name: {choice.code: choice.decode.upper() for choice in choices}
        for name, choices in lists.items()
    }


def _choices(
    tables: Sequence[RawTable], dictionary: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[Choice, ...]]:
    """The lists that stand beside the items, each called by the first item that has it."""
    told = dictionary.get("items", {})
    table = next((t for t in tables if told and t.file == told["file"]), None)
    if table is None or "choices" not in told:
        return {}
    found: dict[tuple[Choice, ...], str] = {}
    for item, cell in zip(table.frame[told["item"]], table.frame[told["choices"]], strict=True):
        choices = choices_in(cell)
        if choices:
            found.setdefault(choices, item.upper())
    return {name: choices for choices, name in found.items()}
