"""Wide forms and boxes become records, one for each group of columns or ticked box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.columns_read import columns_read
from cdisc_hai.raw import read_export
from cdisc_hai.registry import operations
from cdisc_hai.sdtm import run_sdtm
from tests.drawn import told

HEAD = """\
dataset: VS
label: Vital Signs
class: FINDINGS
structure: One record per measurement
keys: [STUDYID, USUBJID, VSTESTCD]
"""
VARIABLES = """\
variables:
  - {use: STUDYID}
  - {use: USUBJID}
  - {name: VSTESTCD, label: Test, map: {op: assign, column: test}}
  - {name: VSORRES, label: Result, map: {op: assign, column: result}}
  - {name: VSORRESU, label: Unit, map: {op: assign, column: unit}}
"""
LONG = """\
records:
  all:
    form: vs
    long:
      - {columns: {result: pulse}, values: {test: PULSE, unit: beats/min}}
      - {columns: {result: weight, unit: weight_unit}, values: {test: WEIGHT}}
"""
BOXES = """\
records:
  all:
    form: vs
    checked: {name: test, boxes: {why___1: DEATH, why___2: STAY}, ticked: ["1"]}
"""
WIDE = """
    | study | site | subject | visit | record | active | updated    | taken       | {} |
    | TINY  | 12   | 0001    | DAY 1 | 11     | 1      | 2024-03-01 | 01 MAR 2024 | {} |
    | TINY  | 12   | 0002    | DAY 1 | 12     | 1      | 2024-03-01 | 01 MAR 2024 | {} |
    """


def _rows(study: Study, folder: Path, *columns: str) -> list[tuple[object, ...]]:
    frame = run_sdtm(study, read_export(folder, study)).frames["VS"]
    return list(zip(*(told(frame[c]) for c in columns), strict=True))


def test_each_group_of_columns_with_a_value_is_a_record(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    wide = WIDE.format("pulse | weight | weight_unit", "70 | 81.5 | kg", '"" | 180 | lb')
    study = tiny_study({"sdtm/vs.yaml": HEAD + LONG + VARIABLES})
    assert _rows(study, tiny_export({"vs": wide}), "VSTESTCD", "VSORRES", "VSORRESU", "@src") == [
        ("PULSE", "70", "beats/min", "vs.csv:2"),
        ("WEIGHT", "81.5", "kg", "vs.csv:2"),
        ("WEIGHT", "180", "lb", "vs.csv:3"),
    ]


def test_a_name_that_only_some_groups_give_is_empty_in_the_others(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    long = LONG.replace(", unit: weight_unit", "")
    study = tiny_study({"sdtm/vs.yaml": HEAD + long + VARIABLES})
    export = tiny_export({"vs": WIDE.format("pulse | weight", "70 | 81.5", '"" | 180')})
    assert _rows(study, export, "VSTESTCD", "VSORRESU") == [
        ("PULSE", "beats/min"),
        ("WEIGHT", ""),
        ("WEIGHT", ""),
    ]
    assert "unit" not in columns_read(study, operations())["vs"]


def test_the_form_is_asked_for_its_own_columns_and_not_for_the_names_of_the_block(
    tiny_study: Callable[..., Study],
) -> None:
    study = tiny_study({"sdtm/vs.yaml": HEAD + LONG + VARIABLES})
    assert sorted(columns_read(study, operations())["vs"]) == [
        "pulse",
        "taken",
        "weight",
        "weight_unit",
    ]


def test_each_ticked_box_is_a_record(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    boxes = WIDE.format("why___1 | why___2", "1 | 1", "0 | 1")
    spec = HEAD + BOXES + VARIABLES[: VARIABLES.index("  - {name: VSORRES,")]
    study = tiny_study({"sdtm/vs.yaml": spec})
    assert _rows(study, tiny_export({"vs": boxes}), "VSTESTCD", "@src") == [
        ("DEATH", "vs.csv:2"),
        ("STAY", "vs.csv:2"),
        ("STAY", "vs.csv:3"),
    ]


def test_a_row_without_any_ticked_box_is_told(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    boxes = WIDE.format("why___1 | why___2", "1 | 0", "0 | 0")
    spec = HEAD + BOXES + VARIABLES[: VARIABLES.index("  - {name: VSORRES,")]
    study = tiny_study({"sdtm/vs.yaml": spec})
    export = read_export(tiny_export({"vs": boxes}), study)
    mapped = run_sdtm(study, export).mapped
    assert export.accounting.unaccounted(mapped)["vs"] == ["vs.csv:3"]


def test_long_and_checked_exclude_each_other(faults: Callable[..., list[str]]) -> None:
    spec = HEAD + LONG + "    checked: {name: test, boxes: {a: b}}\n" + VARIABLES
    assert faults({"sdtm/vs.yaml": spec}) == [
        "specs/sdtm/vs.yaml:7: a block has 'long' or 'checked', not both"
    ]


def test_what_an_entry_of_long_needs_is_told(faults: Callable[..., list[str]]) -> None:
    spec = HEAD + "records:\n  all: {form: vs, long: [{value: {test: x}}]}\n" + VARIABLES
    assert faults({"sdtm/vs.yaml": spec}) == [
        "specs/sdtm/vs.yaml:7: an entry of 'long' needs 'columns'",
        "specs/sdtm/vs.yaml:7: no key 'value' in an entry of 'long'; did you mean 'values'?",
    ]
