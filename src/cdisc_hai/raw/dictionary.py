"""The export's own data dictionary: which items a form has, and the codes of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.raw.catalogue import Choice, Item, catalogue_of, choices_of
from cdisc_hai.raw.folder import ExportFolder
from cdisc_hai.raw.odm_metadata import OdmMetadata
from cdisc_hai.raw.table import RawTable

EVERY = ""
"""The form under which items stand that a dictionary does not tell by form."""

Codes = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Dictionary:
    """Items of each form, and the codes that a coded item may hold.

    ``suffixes`` end columns that stand beside an item (``_RAW``); ``ticked`` stands between an
    item and a code in the columns of a checkbox (``item___1``).
    """

    items: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], str] = field(default_factory=dict)
    file: str = ""
    decode_suffix: str = ""
    code_suffix: str = ""
    suffixes: tuple[str, ...] = ()
    ticked: str = ""
    catalogue: tuple[Item, ...] = ()

    def items_of(self, form: str) -> frozenset[str] | None:
        """The items of a form; None for one that the dictionary does not know."""
        return self.items.get(form, self.items.get(EVERY))

    def columns(self, form: str) -> list[str]:
        """The columns that a form may be expected to have, as the dictionary writes them."""
        items = sorted(self.items_of(form) or ())
        suffixes = [s for s in (self.decode_suffix, self.code_suffix, *self.suffixes) if s]
        return [*items, *(item + suffix for item in items for suffix in suffixes)]

    def knows(self, form: str, column: str) -> bool:
        """Whether a column is an item of the form, or stands beside one."""
        items = self.items_of(form) or frozenset()
        suffixes = [s for s in (*self.suffixes, self.code_suffix) if s]
        return (
            column in items
            or self.is_decode(form, column)
            or any(column.removesuffix(s) in items for s in suffixes)
            or any(column == form + s for s in self.suffixes)
            or (bool(self.ticked) and column.partition(self.ticked)[0] in items)
        )

    def is_decode(self, form: str, column: str) -> bool:
        """Whether a column is the decode beside a coded item."""
        suffix = self.decode_suffix
        if not suffix or not column.endswith(suffix):
            return False
        item = column.removesuffix(suffix)
        return (form, item) in self.codes or (EVERY, item) in self.codes

    def codes_of(self, form: str) -> dict[str, frozenset[str]]:
        """The codes of a form's columns, by the column that holds the code."""
        own = {item: codes for (of, item), codes in self.codes.items() if of in (form, EVERY)}
        return {item + self.code_suffix: codes for item, codes in own.items()}

    def decode_column(self, column: str) -> str:
        """The column that decodes a column of codes: the item's own where codes have a suffix."""
        return (
            column.removesuffix(self.code_suffix) + self.decode_suffix
            if self.code_suffix or self.decode_suffix
            else ""
        )

    def meanings_of(self, form: str, column: str) -> dict[str, str]:
        """What each code of a column means; empty where the dictionary has no words for one."""
        name = column.removesuffix(self.code_suffix) if self.code_suffix else column
        for item in self.catalogue:
            if item.name == name and item.form in (form, EVERY) and item.choices:
                words = {choice.code: choice.decode for choice in item.choices}
                return words if all(words.values()) else {}
        return {}

    def labels_of(self, form: str) -> dict[str, str]:
        """The question of each item of a form."""
        return {i.name: i.label for i in self.catalogue if i.form in (form, EVERY) and i.label}

    def list_of(self, form: str, column: str) -> str:
        """The name of a column's code list."""
        item = column.removesuffix(self.code_suffix) if self.code_suffix else column
        return self.lists.get((form, item), self.lists.get((EVERY, item), item))


def read_dictionary(folder: ExportFolder, spec: Mapping[str, Any]) -> Dictionary:
    """Read what raw.yaml says of the dictionary; an export without one has an empty one.

    Where its file is not there, the definitions of an ODM file of the folder take its place.
    """
    items: Mapping[str, Any] = spec.get("items") or {}
    codes = spec.get("codes")
    how = {
        "decode_suffix": str(spec.get("decode_suffix") or ""),
        "code_suffix": str(spec.get("code_suffix") or ""),
        "suffixes": tuple(str(s) for s in spec.get("suffixes") or ()),
        "ticked": str(spec.get("checkbox") or ""),
    }
    table = folder.file(items["file"]) if items else None
    if table is None:
        found = folder.odm_metadata() if spec else []
        if items and not found:
            raise RawError(
                f"{items['file']}: the export's dictionary is missing; export it too, or take "
                "'dictionary' out of raw.yaml"
            )
        return _of_odm(found, how) if found else Dictionary()
    return _of_table(table, items, _code_table(folder, codes) if codes else {}, how)


def _of_table(
    table: RawTable,
    items: Mapping[str, Any],
    lists_of: Mapping[str, tuple[Choice, ...]],
    how: Mapping[str, Any],
) -> Dictionary:
    names = _column(table, items, "item")
    forms = (
        _column(table, items, "form")
        if items.get("form")
        else pd.Series(EVERY, index=names.index, dtype=object)
    )
    of_form = _sets(names, forms)
    told = _column(table, items, "codelist") if items.get("codelist") else [""] * len(names)
    lists = {
        (form, item): name
        for form, item, name in zip(forms, names, told, strict=True)
        if name in lists_of
    }
    codes = {pair: _codes(lists_of[name]) for pair, name in lists.items()}
    catalogue = catalogue_of(
        table.spelled(items.values()).assign(**{"@form": forms}),
        {**items, "form": "@form"},
        lists_of,
    )
    if items.get("choices"):
        own = [choices_in(cell) for cell in _column(table, items, "choices")]
        catalogue = tuple(
            replace(item, choices=c) if c else item for item, c in zip(catalogue, own, strict=True)
        )
        for form, item, choices in zip(forms, names, own, strict=True):
            if choices:
                codes[form, item], lists[form, item] = _codes(choices), item
    return Dictionary(of_form, codes, lists, table.file, catalogue=catalogue, **how)


def _codes(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(choice.code for choice in choices)


def choices_in(cell: str) -> tuple[Choice, ...]:
    """``1, Yes | 2, No`` as codes with their words; empty for a cell that is no such list."""
    found = []
    for part in cell.split("|"):
        match = re.fullmatch(r"\s*([^,|\s][^,|]*?)\s*,\s*(.*?)\s*", part, re.DOTALL)
        if match is None:
            return ()
        found.append(Choice(match[1], match[2]))
    return tuple(found)


def _code_table(folder: ExportFolder, codes: Mapping[str, Any]) -> dict[str, tuple[Choice, ...]]:
    table = folder.file(codes["file"])
    if table is None:
        raise RawError(
            f"{codes['file']}: the codes of the export's dictionary are missing; export them "
            "too, or take 'codes' out of 'dictionary' in raw.yaml"
        )
    for key in ("codelist", "code"):
        _column(table, codes, key)
    return choices_of(table.spelled([str(name) for name in codes.values()]), codes)


def _sets(values: pd.Series, by: pd.Series) -> dict[str, frozenset[str]]:
    grouped = values.groupby(by)
    return {str(name): frozenset(group) for name, group in grouped}


def _column(table: RawTable, spec: Mapping[str, Any], key: str) -> pd.Series:
    name = str(spec.get(key) or "")
    frame = table.spelled([name])
    if name not in frame.columns:
        raise RawError(
            f"{table.file}: the dictionary has no column '{name}' for its '{key}'; say in raw.yaml "
            "how that column is called"
        )
    return frame[name]


def _of_odm(found: list[tuple[str, OdmMetadata]], how: Mapping[str, Any]) -> Dictionary:
    """The definitions of ODM files: items by the names of their group, and by its OID."""
    items: dict[str, frozenset[str]] = {}
    codes: dict[tuple[str, str], frozenset[str]] = {}
    lists: dict[tuple[str, str], str] = {}
    catalogue: list[Item] = []
    for _, metadata in found:
        catalogue.extend(_catalogue(metadata))
        for (kind, oid), name in metadata.names.items():
            if kind not in ("ItemGroupDef", "FormDef"):
                continue
            groups = metadata.members.get(oid, []) if kind == "FormDef" else [oid]
            oids = [i for group in groups for i in metadata.members.get(group, [])]
            named = {i: metadata.names.get(("ItemDef", i), i) for i in oids}
            for called in {oid, name}:
                items[called] = frozenset({*named.values(), *oids}) | items.get(called, frozenset())
                for item, title in named.items():
                    table = metadata.codes.get(metadata.codelist.get(item, ""))
                    if table:
                        codes[called, title] = frozenset(table)
                        lists[called, title] = metadata.names["CodeList", metadata.codelist[item]]
    return Dictionary(items, codes, lists, found[0][0], catalogue=tuple(catalogue), **how)


def _catalogue(metadata: OdmMetadata) -> Iterator[Item]:
    for (kind, oid), name in metadata.names.items():
        if kind == "ItemGroupDef":
            for item in metadata.members.get(oid, []):
                yield Item(
                    form=name,
                    name=metadata.names.get(("ItemDef", item), item),
                    label=metadata.labels.get(item, ""),
                    type=metadata.types.get(item, ""),
                    choices=tuple(Choice(c, d) for c, d in metadata.decodes(item).items()),
                )
