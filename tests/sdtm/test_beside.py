"""Columns of another form of the subject stand in the rows of a block (``with``)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.errors import SpecError
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
  - {name: VSTESTCD, label: Test, map: {op: hardcode, value: SYSBP}}
  - {name: VSORRES, label: Result, map: {op: assign, column: result}}
  - {name: VSPOS, label: Position, map: {op: assign, column: position}}
"""
OTHER = """
    | study | site | subject | visit | record | active | updated    | how      | again |
    | TINY  | 12   | 0001    | DAY 1 | 21     | 1      | 2024-03-01 | SITTING  | N     |
    | TINY  | 12   | 0001    | DAY 1 | 22     | 1      | 2024-03-01 | STANDING | Y     |
    | TINY  | 12   | 0002    | DAY 9 | 23     | 1      | 2024-03-01 | LYING    | N     |
    """
FORMS = "  vs: {}\n  pos: {}\n"


@pytest.fixture
def rows(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> Callable[[str], list[tuple[object, ...]]]:
    def run(entry: str) -> list[tuple[object, ...]]:
        study = tiny_study(_specs(entry))
        result = run_sdtm(study, read_export(tiny_export({"pos": OTHER}), study))
        frame = result.frames["VS"]
        return list(zip(told(frame["VSPOS"]), told(frame["@src"]), strict=True))

    return run


def _specs(entry: str) -> dict[str, str]:
    block = f"records:\n  all: {{form: vs, with: [{{{entry}}}]}}\n"
    return {"sdtm/vs.yaml": HEAD + block + VARIABLES, "raw.yaml": RAW}


RAW = """\
columns: {study: study, site: site, subject: subject, folder: visit, record: record, active: active, updated: updated}
active_value: "1"
subject_key: [study, site, subject]
subjects_form: dm
date_formats: [DD MON YYYY]
forms:
  dm: {}
  vs: {}
  pos: {}
"""


def test_a_column_of_the_subject_s_other_form_stands_in_each_row(
    rows: Callable[[str], list[tuple[object, ...]]],
) -> None:
    assert rows("form: pos, columns: {position: how}") == [
        ("SITTING", "vs.csv:2;pos.csv:2"),
        ("LYING", "vs.csv:3;pos.csv:4"),
    ]


@pytest.mark.parametrize("which", ["pick: last", "where: {again: Y}"], ids=["last", "where"])
def test_of_several_rows_the_spec_says_which(
    rows: Callable[[str], list[tuple[object, ...]]], which: str
) -> None:
    assert rows(f"form: pos, columns: {{position: how}}, {which}")[0] == (
        "STANDING",
        "vs.csv:2;pos.csv:3",
    )


def test_several_rows_that_fit_are_told_unless_the_spec_says_which(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    def findings(entry: str) -> list[tuple[str, tuple[str, ...]]]:
        study = tiny_study(_specs(entry))
        found = run_sdtm(study, read_export(tiny_export({"pos": OTHER}), study)).findings
        return [(f.severity, f.sources) for f in found if f.rule == "MAP-SEVERAL-ROWS"]

    assert findings("form: pos, columns: {position: how}") == [
        ("warning", ("pos.csv:2", "pos.csv:3"))
    ]
    assert findings("form: pos, columns: {position: how}, pick: last") == []
    assert findings("form: pos, columns: {position: how}, where: {again: Y}") == []


def test_a_row_without_a_partner_is_empty_there(
    rows: Callable[[str], list[tuple[object, ...]]],
) -> None:
    """The second subject's position was taken on day 9, its pressure on day 1."""
    told_rows = rows('form: pos, columns: {position: how}, match: {"@folder": "@folder"}')
    assert told_rows[1] == ("", "vs.csv:3")


def test_each_form_is_asked_for_its_own_columns(tiny_study: Callable[..., Study]) -> None:
    study = tiny_study(_specs("form: pos, columns: {position: how}, where: {again: Y}"))
    read = columns_read(study, operations())
    assert sorted(read["pos"]) == ["again", "how"]
    assert "position" not in read["vs"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("form: post, columns: {position: how}", "no form 'post' in raw.yaml; did you mean 'pos'?"),
        ("form: pos", "an entry of 'with' needs 'columns'"),
        ("form: pos, columns: {position: how}, pick: any", "'pick' of 'with' is first or last"),
        ("form: pos, columns: {position: how}, matches: {}", "no key 'matches' in an entry of"),
    ],
)
def test_what_is_wrong_with_it_is_told(
    tiny_study: Callable[..., Study], entry: str, message: str
) -> None:
    with pytest.raises(SpecError) as caught:
        tiny_study(_specs(entry))
    assert message in str(caught.value)
