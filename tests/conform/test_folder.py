"""A folder of transport files."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cdisc_hai.conform import validate_folder, without_specs
from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.submit.xpt import XptColumn, write_xpt
from tests.conform.drawn import dm, study, supp, xx
from tests.drawn import frame as drawn


def write(folder: Path, name: str, frame: pd.DataFrame, *, label: str = "", **labels: Any) -> None:
    columns = [
        XptColumn(
            column,
            labels.get(column, f"Label of {column}"),
            "num" if pd.api.types.is_numeric_dtype(frame[column]) else "char",
        )
        for column in frame.columns
    ]
    write_xpt(
        frame,
        folder / f"{name.lower()}.xpt",
        dataset=name,
        label=label or f"Label of {name.replace('SUPPXX', 'SUPP--').replace('--', 'XX')}",
        columns=columns,
        created=datetime.datetime(2024, 1, 1),
    )


def contracts(folder: Path) -> list[Finding]:
    """What the contracts of the specs tell; this study is drawn too small for the guide's rules."""
    return [f for f in validate_folder(study(), folder) if f.rule.startswith("CONTRACT")]


def brief(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(f.rule, f.severity, f.dataset, f.variable) for f in contracts(folder)]


def test_files_that_keep_every_contract_give_no_finding(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1", "S-2"))
    write(tmp_path, "XX", xx())
    write(tmp_path, "SUPPXX", supp())
    assert brief(tmp_path) == []


def test_a_text_column_empty_throughout_is_read_as_text(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1", "S-2").assign(SEX=""))
    assert brief(tmp_path) == []


def test_labels_other_than_those_of_the_spec_are_told(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1"), label="People", SEX="Gender")
    found = contracts(tmp_path)
    assert [(f.rule, f.variable, f.message) for f in found] == [
        ("CONTRACT-DATASET-LABEL", "", "the label is 'People', in the spec 'Label of DM'"),
        ("CONTRACT-LABEL", "SEX", "the label is 'Gender', in the spec 'Label of SEX'"),
    ]


def test_a_dataset_that_the_specs_do_not_have_is_a_note(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1"))
    write(tmp_path, "ZZ", dm("S-1").assign(DOMAIN="ZZ"))
    assert brief(tmp_path) == [("CONTRACT-DATASET", "note", "ZZ", "")]


def test_records_columns_and_subjects_are_checked(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1")[["USUBJID", "DOMAIN", "SEX"]])
    write(tmp_path, "XX", xx(XXYN=["Y", "MAYBE", ""]))
    assert brief(tmp_path) == [
        ("CONTRACT-ORDER", "error", "DM", "USUBJID"),
        ("CONTRACT-SUBJECT", "error", "XX", "USUBJID"),
        ("CONTRACT-TERM", "error", "XX", "XXYN"),
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1"))
    (tmp_path / "ae.xpt").write_bytes(b"no transport file")
    with pytest.raises(RawError, match=r"^ae\.xpt: cannot be read as a SAS transport file"):
        validate_folder(study(), tmp_path)


def test_a_folder_without_files_or_no_folder_at_all_is_named(tmp_path: Path) -> None:
    with pytest.raises(RawError, match="holds no transport file"):
        validate_folder(study(), tmp_path)
    with pytest.raises(RawError, match="no such folder"):
        validate_folder(study(), tmp_path / "nothing")


def test_one_dataset_in_two_files_is_named(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1"))
    (tmp_path / "dm2.xpt").write_bytes((tmp_path / "dm.xpt").read_bytes())
    with pytest.raises(RawError, match=r"dm2\.xpt: dataset DM stands in two files"):
        validate_folder(study(), tmp_path)


@pytest.mark.filterwarnings("ignore:column 'SEX' is duplicated")
def test_a_column_twice_is_told_under_the_name_that_the_reader_gives_it(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1").assign(SEY="F"))
    path = tmp_path / "dm.xpt"
    path.write_bytes(path.read_bytes().replace(b"SEY     ", b"SEX     "))
    assert brief(tmp_path) == [("CONTRACT-COLUMN", "error", "DM", "SEX_duplicated1")]


def test_analysis_datasets_are_held_against_the_sdtm_that_lies_elsewhere(tmp_path: Path) -> None:
    """A source record that is not there is told only where the SDTM can be looked up in."""
    for place in ("sdtm", "adam"):
        (tmp_path / place).mkdir()
    write(tmp_path / "sdtm", "VS", drawn("| USUBJID | VSSEQ# | VSORRES |\n| A | 1 | 5 |"))
    analysed = """
        | STUDYID | USUBJID | PARAMCD | PARAM | AVAL# | TRTP | SRCDOM | SRCSEQ# |
        | S       | A       | P       | P     | 5     | X    | VS     | 1       |
        | S       | A       | P       | P     | 6     | X    | VS     | 2       |
    """
    write(tmp_path / "adam", "ADVS", drawn(analysed))

    def told(**more: Path) -> list[tuple[int, ...]]:
        found = validate_folder(study(), tmp_path / "adam", **more)
        return [f.rows for f in found if f.rule == "BDS-SOURCE-RECORD"]

    assert told() == []
    assert told(sdtm=tmp_path / "sdtm") == [(2,)]


def test_raw_lines_are_told_where_the_lineage_of_the_build_lies_beside(tmp_path: Path) -> None:
    (tmp_path / "sdtm").mkdir()
    write(tmp_path / "sdtm", "DM", dm("S-1"))
    write(tmp_path / "sdtm", "XX", xx(XXYN=["Y", "MAYBE", ""]))
    lineage = tmp_path / "lineage" / "sdtm"
    lineage.mkdir(parents=True)
    rows = [f"{row},taken,made of,xx.csv:{row + 10}" for row in (1, 2, 3)]
    rows.append("2,taken,looked up,dm.csv:4")
    text = "\n".join(["row,records,how,source", *rows])
    (lineage / "xx.csv").write_text(text, encoding="utf-8")
    found = validate_folder(study(), tmp_path / "sdtm")
    told = {(f.rule, f.variable): f.sources for f in found if f.dataset == "XX"}
    assert told["CONTRACT-TERM", "XXYN"] == ("xx.csv:12",)
    assert told["CONTRACT-SUBJECT", "USUBJID"] == ("xx.csv:13",)
    (lineage / "xx.csv").write_text("row,records,how,source\n9,taken,made of,xx.csv:1", "utf-8")
    assert {f.sources for f in validate_folder(study(), tmp_path / "sdtm")} == {()}


def test_data_of_another_study_are_held_against_rules_alone(tmp_path: Path) -> None:
    write(tmp_path, "DM", dm("S-1").assign(STUDYID="OTHER"))
    bare, notes = without_specs(study(), tmp_path)
    assert [n.message for n in notes] == ["data of OTHER, not of S: judged by rules alone"]
    rules = {f.rule for f in validate_folder(bare, tmp_path)}
    assert "GUIDE-REQUIRED" in rules
    assert not {rule for rule in rules if rule.startswith("CONTRACT")}
    write(tmp_path, "DM", dm("S-1").assign(STUDYID="S"))
    assert without_specs(study(), tmp_path) == (study(), ())
