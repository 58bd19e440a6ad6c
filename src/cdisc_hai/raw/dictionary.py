"""The export's own data dictionary: which items a form has, and the codes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cdisc_hai.errors import RawError
from cdisc_hai.raw.catalogue import Choice, Item, catalogue_of, choices_of
from cdisc_hai.raw.csv_file import read_csv


@dataclass(frozen=True)
class Dictionary:
    """Items of each form, and the codes that a coded item may hold."""

    items: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], str] = field(default_factory=dict)
    file: str = ""
    decode_suffix: str = ""
    catalogue: tuple[Item, ...] = ()

    def is_decode(self, form: str, column: str) -> bool:
        """Whether a column is the decode beside a coded item."""
        suffix = self.decode_suffix
        return (
            bool(suffix)
            and column.endswith(suffix)
            and ((form, column.removesuffix(suffix)) in self.codes)
        )


def read_dictionary(folder: Path, spec: Mapping[str, Any]) -> Dictionary:
    """Read what raw.yaml says of the dictionary; an export without one has an empty one."""
    items, codes = spec.get("items"), spec.get("codes")
    if not items:
        return Dictionary()
    path = folder / items["file"]
    if not path.is_file():
        raise RawError(
            f"{items['file']}: the export's dictionary is missing; export it too, or take "
            "'dictionary' out of raw.yaml"
        )
    table = read_csv(path)
    of_form = table.groupby(items["form"])[items["item"]].agg(frozenset).to_dict()
    values: dict[str, frozenset[str]] = {}
    choices: dict[str, tuple[Choice, ...]] = {}
    if codes:
        code_table = read_csv(folder / codes["file"])
        values = code_table.groupby(codes["codelist"])[codes["code"]].agg(frozenset).to_dict()
        choices = choices_of(code_table, codes)
    coded = table[table[items["codelist"]].ne("")] if "codelist" in items else table.head(0)
    pairs = {
        (form, item): name
        for form, item, name in zip(
            coded[items["form"]], coded[items["item"]], coded[items.get("codelist")], strict=True
        )
        if name in values
    }
    return Dictionary(
        items=of_form,
        codes={pair: values[name] for pair, name in pairs.items()},
        lists=pairs,
        file=items["file"],
        decode_suffix=str(spec.get("decode_suffix", "")),
        catalogue=catalogue_of(table, items, choices),
    )
