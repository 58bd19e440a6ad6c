"""docs/specs.md: its examples give what its tables say, and it leaves nothing out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from make_schema import page_text

from cdisc_hai.metadata.conditions import WORDS as CONDITION_WORDS
from cdisc_hai.metadata.dataset_file import BLOCK_KINDS
from cdisc_hai.metadata.keys import CONSTRUCTS
from cdisc_hai.metadata.model import NUMBER_TYPES, TEXT_TYPES
from cdisc_hai.registry import operations
from tests.adam.test_docs import BLOCKS as ADAM_BLOCKS
from tests.docs.manual import PAGE, Example, Runner, examples, steps, tables, whole_study

EVERY = list(examples())
SHARED = {e.text.splitlines()[0].removeprefix("# "): e.text for e in EVERY if e.text[0] == "#"}
SHARED |= dict(re.findall(r"^```python\n# (\S+)\n(.*?)^```", PAGE, re.M | re.S))
RUN = [e for e in EVERY if any(table.made for table in e.tables) and e.text[0] != "#"]


@pytest.mark.parametrize("example", RUN, ids=lambda e: f"{e.heading}, line {e.line}")
def test_an_example_gives_what_its_tables_say(example: Example, tmp_path: Path) -> None:
    runner = Runner(SHARED, tmp_path)
    (runner.raw / "study.json").write_text(json.dumps({"cutoff": "2025-12-31"}), "utf-8")
    found = runner.run(example)
    for told, made in zip([t for t in example.tables if t.made], found, strict=True):
        assert made.rows == told.rows, f"docs/specs.md, the block at line {example.line}"


def test_the_whole_study_gives_what_its_tables_say(tmp_path: Path) -> None:
    made = whole_study(tmp_path)
    told = {t.name: t.rows for t in tables(PAGE[PAGE.index("## A whole study") :]) if t.made}
    for name, rows in told.items():
        assert made[name] == rows, name
    assert len(told) == 12


def test_every_registered_operation_has_an_example_that_is_run() -> None:
    """Add one to docs/specs.md: a heading of its name, a YAML block, its tables."""
    shown: dict[str, set[str]] = {}
    for example in RUN:
        for step in steps(example.read()):
            shown.setdefault(step["op"], set()).update(step)
    assert sorted(operations().keys() - shown.keys()) == []
    headings = {example.heading for example in RUN}
    assert sorted(operations().keys() - headings) == []


def test_every_parameter_of_an_operation_stands_in_an_example() -> None:
    """Here or in the examples of docs/adam.md, which are run as well."""
    shown: dict[str, set[str]] = {}
    for example in [*EVERY, *(Example("docs/adam.md", 0, block) for block in ADAM_BLOCKS)]:
        for step in steps(example.read()):
            shown.setdefault(step["op"], set()).update(step)
    given = ("run:", "study:", "keys")
    missing = {
        f"{o.name}.{name}"
        for o in operations().values()
        for name, param in o.params.items()
        if not param.kind.startswith(given) and name not in shown.get(o.name, set())
    }
    assert missing == set()


def test_every_construct_and_key_stands_in_an_example() -> None:
    words = {word for example in EVERY for word in _keys(example.read())}
    untold = {
        f"{construct}.{key}"
        for construct, keys in CONSTRUCTS.items()
        for key in keys
        if key not in words
    }
    assert untold - NOT_SHOWN == set()


NOT_SHOWN = {
    # names of columns alone, and files that only some systems export: see docs/mapping.md
    "columns.study", "columns.activity", "columns.folder_repeat", "columns.folder_number", "columns.repeat", "standards.sdtm", "standards.define",
    "standards.meddra", "standards.whodrug", "standards.ctcae", "items.form_label", "items.type",
    "items.format", "items.unit", "items.choices", "dictionary.code_suffix", "dictionary.suffixes",
    "dictionary.checkbox", "odm_column.before", "form.table", "form.in_dictionary", "codelist.set",
}  # fmt: skip


def test_every_condition_word_type_and_block_is_shown() -> None:
    text = "\n".join(example.text for example in EVERY)
    for word in CONDITION_WORDS:
        assert f"{word}: " in text, word
    for kind in BLOCK_KINDS:
        assert f"{{{kind}: " in text, kind
    for name in (*TEXT_TYPES, *NUMBER_TYPES):
        assert f"`{name}`" in PAGE, name


def test_the_tables_of_keys_are_what_make_schema_writes() -> None:
    assert page_text(PAGE) == PAGE, "run: make schema"


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from map(str, value)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)
