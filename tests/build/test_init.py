"""The draft of a new study: it loads, it has no fault, and a build from it runs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from click.testing import CliRunner

from cdisc_hai.build import build_sdtm, check_raw, draft_specs, spec_check
from cdisc_hai.build.place import OutputError
from cdisc_hai.build.specs import study_of
from cdisc_hai.cli import main
from cdisc_hai.errors import RawError
from tests.build.exports import ROOT

SECOND = ROOT / "examples" / "second" / "raw"

DEMO = """\
Site;Patient;Visit;Birth date;Sex;Consent date
01;01-001;Screening;UN/05/1961;f;13/01/2024
01;01-002;Screening;02/05/1971;m;14/01/2024
02;02-001;Screening;03/UNK/1981;m;15/01/2024
"""
EVENTS = """\
Site;Patient;Visit;Line;Event term;Start;Stop
01;01-001;Log;1;Rash;20/01/2024;
01;01-001;Log;2;Fever;UN/02/2024;28/02/2024
"""
LABS = """\
Site;Patient;Visit;Sampled;ALT;AST
01;01-001;Screening;13/01/2024;31,5;28
01;01-002;Screening;14/01/2024;19,0;22
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    raw = tmp_path / "export"
    raw.mkdir()
    for name, text in (("demographics", DEMO), ("adverse_events", EVENTS), ("laboratory", LABS)):
        (raw / f"{name}.csv").write_text(text)
    (raw / "diary.csv").write_text("Site;Patient;Visit;Q1\n01;01-001;Week 4;5\n")
    return raw


def test_a_draft_says_what_was_seen(export: Path, tmp_path: Path) -> None:
    draft_specs(folder=tmp_path / "new", raw=export, study="NEW-1")
    study = study_of(tmp_path / "new" / "specs")
    assert study.id == "NEW-1"
    assert [v.name for v in study.visits] == ["Log", "Screening", "Week 4"]
    raw = study.raw
    assert (raw.subjects_form, raw.subject_parts) == ("demographics", ("subject",))
    assert raw.forms["laboratory"].roles == {
        "site": "Site",
        "subject": "Patient",
        "folder": "Visit",
    }
    assert raw.date_formats[0] == "DD/MM/YYYY"
    assert sorted(raw.unknown_parts) == ["UN", "UNK"]
    assert raw.forms["diary"].not_submitted[0][1] == "TODO: not mapped yet"
    assert sorted(study.sdtm) == ["AE", "DM", "LB", "SUPP--", "TS"]


def test_a_draft_has_no_fault_and_its_doubts_are_marked(export: Path, tmp_path: Path) -> None:
    files = draft_specs(folder=tmp_path / "new", raw=export)
    assert spec_check(tmp_path / "new" / "specs").faults == ()
    assert all("TODO" in files[name] for name in ("raw.yaml", "study.yaml", "sdtm/ae.yaml"))


def test_a_build_from_a_draft_runs_and_says_what_is_missing(export: Path, tmp_path: Path) -> None:
    draft_specs(folder=tmp_path / "new", raw=export)
    result = build_sdtm(raw=export, out=tmp_path / "out", specs=tmp_path / "new" / "specs")
    made = {line.name: line.records for line in result.datasets}
    assert made == {"AE": 2, "DM": 3, "LB": 4, "TS": 1}
    lacking = {f.message: f.spec for f in result.findings if f.rule == "CONTRACT-REQUIRED"}
    assert set(lacking) == {
        "no COUNTRY, which every record needs",
        "no AEDECOD, which every record needs",
    }
    assert all("TODO" in _line(tmp_path / "new", spec, 6) for spec in lacking.values())


def _line(folder: Path, spec: str, more: int) -> str:
    """The entry of a spec that stands at ``file:line``."""
    file, _, line = spec.rpartition(":")
    lines = (folder / file).read_text().splitlines()
    return "\n".join(lines[int(line) - 1 : int(line) + more])


def test_a_draft_of_another_export_has_no_fault(tmp_path: Path) -> None:
    draft_specs(folder=tmp_path, raw=SECOND)
    assert spec_check(tmp_path / "specs").faults == ()
    assert check_raw(raw=SECOND, specs=tmp_path / "specs").usable


SAMPLES = ("castor", "rave", "viedoc/DEMO_GDISC_20240903_072908", "zh_gbk_synthetic",
           "redcap/longitudinal", "redcap/repeating-instruments-sparse")  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_draft_of_a_real_export_has_no_fault(shared: Path, tmp_path: Path, sample: str) -> None:
    raw = shared / "kit" / "samples" / sample
    draft_specs(folder=tmp_path, raw=raw)
    assert spec_check(tmp_path / "specs").faults == ()
    assert check_raw(raw=raw, specs=tmp_path / "specs").usable


def test_the_dictionary_is_found_and_makes_recodes(export: Path, tmp_path: Path) -> None:
    (export / "items.csv").write_text("form,item,codelist\ndemographics,Sex,SEX\n")
    (export / "codes.csv").write_text("codelist,code,decode\nSEX,f,Female\nSEX,m,Male\n")
    draft_specs(folder=tmp_path / "new", raw=export)
    study = study_of(tmp_path / "new" / "specs")
    assert study.raw.dictionary == {
        "items": {"file": "items.csv", "form": "form", "item": "item", "codelist": "codelist"},
        "codes": {"file": "codes.csv", "codelist": "codelist", "code": "code", "decode": "decode"},
    }
    assert study.recodes["SEX"].terms == {"f": "FEMALE", "m": "MALE"}


def test_nothing_is_written_over(export: Path, tmp_path: Path) -> None:
    draft_specs(folder=tmp_path / "new", raw=export)
    with pytest.raises(RawError, match="not empty; name another folder, nothing is written over"):
        draft_specs(folder=tmp_path / "new", raw=export)


def test_an_export_without_subjects_stops(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(RawError, match="no table has a column for subjects"):
        draft_specs(folder=tmp_path / "new", raw=tmp_path / "raw")


def test_a_table_whose_subjects_are_empty_is_no_form(export: Path, tmp_path: Path) -> None:
    (export / "arms.csv").write_text("Site;Patient;Arm\n01;;A\n02;;B\n")
    files = draft_specs(folder=tmp_path / "new", raw=export)
    assert "arms.csv" in files["raw.yaml"]
    assert "arms" not in study_of(tmp_path / "new" / "specs").raw.forms


def test_a_draft_that_cannot_be_written_whole_is_not_there(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="specs: No space left on device; make room there"):
        draft_specs(folder=tmp_path / "new", raw=export)
    assert list((tmp_path / "new").iterdir()) == []


def test_the_command_tells_the_files_and_what_is_next(export: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--raw", str(export)])
    assert result.exit_code == 0, result.output
    assert "next: cdisc-hai check --raw" in result.output


PROJECT = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,consent,sex,race___1,race___2,demographics_complete,vs_date,weight,vital_signs_complete,ae_term,ae_start,adverse_events_complete
A-1,screening_arm_1,,,13-01-2024,1,1,0,2,13-01-2024,"81,5",2,,,
A-1,extra_arm_1,,1,,,,,,20-01-2024,"80,9",2,,,
A-1,logs_arm_1,adverse_events,1,,,,,,,,,Rash,UN-01-2024,2
A-2,screening_arm_1,,,14-01-2024,2,0,1,2,14-01-2024,"70,2",2,,,
"""
ITEMS = """\
Variable / Field Name,Form Name,Field Type,Field Label,"Choices, Calculations, OR Slider Labels"
record_id,demographics,text,Record,
consent,demographics,text,Consent,
sex,demographics,radio,Sex,"1, Male | 2, Female"
race,demographics,checkbox,Race,"1, Asian | 2, White"
vs_date,vital_signs,text,Date,
weight,vital_signs,text,Weight,
ae_term,adverse_events,text,Event,
ae_start,adverse_events,text,Start,
"""


def test_a_project_in_one_file_is_drafted_form_by_form(tmp_path: Path) -> None:
    raw = tmp_path / "export"
    raw.mkdir()
    (raw / "data.csv").write_text(PROJECT)
    (raw / "dictionary.csv").write_text(ITEMS)
    files = draft_specs(folder=tmp_path / "new", raw=raw, study="NEW-1")
    assert (
        files["raw.yaml"]
        == """\
columns:
  subject: record_id
  folder: redcap_event_name
subject_key: [subject]
subjects_form: demographics
date_formats: [DD-MM-YYYY]
unknown_parts: [UN]
decimal_mark: ","
dictionary:
  items: {file: dictionary.csv, form: Form Name, item: Variable / Field Name, label: Field Label, type: Field Type, choices: "Choices, Calculations, OR Slider Labels"}
  checkbox: ___
  suffixes: [_complete]
forms:
  demographics:
    file: data.csv
    filled: [consent, sex]
    dates: [consent]
    required: true
    once_per_subject: true
  vital_signs:
    file: data.csv
    filled: [vs_date, weight]
    dates: [vs_date]
    columns: {folder_repeat: redcap_repeat_instance}
  adverse_events:
    file: data.csv
    where: {redcap_repeat_instrument: adverse_events}
    dates: [ae_start]
    columns: {repeat: redcap_repeat_instance}
"""
    )
    assert (
        "  SEX:  # TODO: the terms, and their 'codelist'\n    terms:\n      \"1\": MALE"
        in (files["codelists.yaml"])
    )
    assert {"sdtm/dm.yaml", "sdtm/vs.yaml", "sdtm/ae.yaml"} <= files.keys()
    report = check_raw(raw=raw, specs=tmp_path / "new" / "specs")
    assert report.rows == {"demographics": 2, "vital_signs": 3, "adverse_events": 1}
    told = {f.rule for f in report.findings}
    assert told == {"RAW-UNREAD-COLUMN"}
