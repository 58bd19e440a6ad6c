"""YAML with line numbers, of which only the core words are more than text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.spots import Spot, read_spots


def _read(tmp_path: Path, text: str | bytes) -> tuple[Spot, list[str]]:
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    faults: list[Fault] = []
    return read_spots(path, "a.yaml", faults), [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"), ("No", "No"), ("no", "no"), ("N", "N"), ("y", "y"), ("YES", "YES"),
        ("on", "on"), ("OFF", "OFF"), ("True", "True"), ("2025-12-31", "2025-12-31"),
        ("12:30", "12:30"), ("007", "007"), ("1e5", "1e5"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        (".5", ".5"), ("=", "="), ("NaN", "NaN"), ('"5"', "5"), ("'true'", "true"),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("5", 5), ("-5", -5), ("0", 0), ("2.50", 2.5), ("-0.5", -0.5), ("1.0e3", 1000.0),
    ],
)  # fmt: skip
def test_a_scalar_is_text_unless_it_is_a_core_word(
    tmp_path: Path, written: str, value: Any
) -> None:
    spot, faults = _read(tmp_path, f"key: {written}\n")
    assert faults == []
    found = spot.plain()["key"]
    assert found == value
    assert type(found) is type(value)


def test_every_value_knows_the_line_where_it_stands(tmp_path: Path) -> None:
    spot, _ = _read(
        tmp_path,
        """\
# a comment

first:
  inner: [a,
          b]
second:
  - {x: 1}
  -
    y: 2
""",
    )
    assert spot.value["first"].at == "a.yaml:3"
    assert [item.at for item in spot.value["first"].value["inner"].value] == [
        "a.yaml:4",
        "a.yaml:5",
    ]
    assert [item.line for item in spot.value["second"].value] == [7, 9]
    assert spot.plain() == {"first": {"inner": ["a", "b"]}, "second": [{"x": 1}, {"y": 2}]}


def test_the_scalars_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    spot, _ = _read(tmp_path, "a: [1, {b: 2}]\nc: 3\n")
    assert [(s.value, s.line) for s in spot.scalars()] == [(1, 1), (2, 1), (3, 2)]


def test_a_key_that_stands_twice_is_a_fault_at_its_second_line(tmp_path: Path) -> None:
    _, faults = _read(tmp_path, "a: 1\nb: {c: 1,\n  c: 2}\na: 2\n")
    assert faults == [
        "a.yaml:3: 'c' stands twice; keep one",
        "a.yaml:4: 'a' stands twice; keep one",
    ]


def test_an_empty_file_is_an_empty_mapping(tmp_path: Path) -> None:
    spot, faults = _read(tmp_path, "")
    assert (spot.plain(), spot.at, faults) == ({}, "a.yaml:1", [])


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    spot, faults = _read(tmp_path, b"\xef\xbb\xbfa: \xe7\x94\xb7\n")
    assert (spot.plain(), faults) == ({"a": "男"}, [])


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert read_spots(tmp_path / "b.yaml", "specs/b.yaml", faults).plain() == {}
    assert [str(fault) for fault in faults] == [
        "specs/b.yaml:1: the file is missing; a study's specs need it"
    ]


def test_a_file_that_is_not_utf_8_is_a_fault(tmp_path: Path) -> None:
    _, faults = _read(tmp_path, b"label: \xc4\xd0\n")
    assert faults == ["a.yaml:1: not UTF-8 at byte 7; save the file as UTF-8"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1\nc: 2\n", 3),
        ("a: 'never closed\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: *nowhere\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: !!python/name:os.system ''\n", 2),
    ],
)
def test_what_is_not_yaml_is_a_fault_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    spot, faults = _read(tmp_path, text)
    assert spot.plain() == {}
    assert [fault.partition(": not YAML: ")[0] for fault in faults] == [f"a.yaml:{line}"]


def test_a_control_character_is_a_fault(tmp_path: Path) -> None:
    _, faults = _read(tmp_path, "a: 1\nb: \x01\n")
    assert len(faults) == 1


def test_a_value_that_holds_itself_is_a_fault(tmp_path: Path) -> None:
    _, faults = _read(tmp_path, "a: &a [*a]\n")
    assert len(faults) == 1


def test_aliases_that_multiply_are_a_fault_and_no_end_of_memory(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    path = tmp_path / "many.yaml"
    path.write_text("\n".join(lines), "utf-8")
    faults: list[Fault] = []
    read_spots(path, "many.yaml", faults)
    assert [str(fault) for fault in faults] == [
        "many.yaml:1: more than 500,000 values; split the file"
    ]
