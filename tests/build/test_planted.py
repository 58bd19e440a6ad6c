"""Faults of many kinds in one export: each is told with its line, and nothing else changes."""

from pathlib import Path

import pytest

from cdisc_hai.build.result import BuildResult
from cdisc_hai.build.specs import study_of
from cdisc_hai.build.study import build_study
from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.raw import RawExport, read_export
from tests.build import exports
from tests.build.planted import FAULTS, FAULTY, Fault, plant

Planted = tuple[Path, BuildResult, dict[str, str]]


@pytest.fixture(scope="module")
def planted(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The folder of the build, its result, and the line of each fault."""
    folder = tmp_path_factory.mktemp("planted")
    lines = plant(few_raw, folder / "raw")
    return folder / "out", build_study(raw=folder / "raw", out=folder / "out"), lines


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_told_with_its_file_and_row(planted: Planted, fault: Fault):
    told = {
        (f.rule, f.severity) for f in planted[1].findings if planted[2][fault.name] in f.sources
    }
    assert (fault.rule, fault.severity) in told


def test_every_finding_of_a_fault_says_how_to_mend_it(planted: Planted):
    lines = set(planted[2].values())
    assert [f for f in planted[1].findings if lines & set(f.sources) and not f.mend] == []


def test_the_build_is_written_and_says_that_it_has_errors(planted: Planted):
    assert planted[1].exit_code == 14
    assert (planted[0] / "adam" / "adsl.xpt").is_file()


def test_every_row_of_the_export_has_one_fate(planted: Planted):
    for form, table in planted[1].accounting.items():
        parts = [table["mapped"], table["not_submitted"], table["in_findings"]]
        assert sum(parts) + sum(table["excluded"].values()) == table["read"], form


def test_the_other_subjects_have_the_same_records(planted: Planted, few_built: Path):
    whole = {f"HAI-CRLM-{subject}" for subject in FAULTY}
    compared = 0
    for path in sorted(few_built.rglob("*.xpt")):
        before = exports.read_xpt(path)
        after = exports.read_xpt(planted[0] / path.relative_to(few_built))
        if "USUBJID" in before.columns and before["USUBJID"].ne("").all():
            one, other = (
                f[~f["USUBJID"].isin(whole)].reset_index(drop=True) for f in (before, after)
            )
            # a Permissible variable may be empty for all subjects, and then it is not written
            assert one.equals(other[one.columns]), path.name
            compared += len(one)
    assert compared > 1000


def test_a_subject_with_an_unknown_sex_keeps_its_place_in_the_analysis(planted: Planted):
    adsl = exports.read_xpt(planted[0] / "adam" / "adsl.xpt").set_index("USUBJID")
    assert adsl.loc["HAI-CRLM-02-0001", ["SEX", "FASFL", "SAFFL"]].tolist() == ["", "Y", "Y"]


HEADER = b"studyid,siteid,subjid,visit,visitnum,formrepeat,recordid,recordactive,lastupdated,icdat,icver\n"
ROW = "HAI-CRLM,12,0001,SCREENING,1,1,1000001,1,2025-05-08T10:29:00,15 APR 2025,{}\n"


def broken(few_raw: Path, folder: Path, form: str, content: bytes) -> str:
    """What a build says of an export with one file replaced; nothing may be written."""
    raw = exports.copy(folder / "raw", source=few_raw)
    (raw / f"{form}.csv").write_bytes(content)
    with pytest.raises(CdiscHaiError) as error:
        build_study(raw=raw, out=folder / "out")
    assert error.value.exit_code == 11
    assert not (folder / "out").exists()
    return str(error.value)


USELESS = {
    "cut off within a row": (HEADER + b"HAI-CRLM,12,0001,SCREEN", "ic.csv:2"),
    "cut off within a quote": (HEADER + b'HAI-CRLM,12,"0001', "ic.csv"),
    "empty": (b"", "ic.csv"),
    "with a column named twice": (HEADER.replace(b"icver", b"icdat"), "icdat"),
    "without the column of the subject": (HEADER.replace(b"subjid,", b"subjx,"), "subjid"),
    "with a cell too many in a row": (HEADER + ROW.format("3.0,4.0").encode(), "ic.csv:2"),
    "of another kind": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", "ic.csv"),
}


@pytest.mark.parametrize("name", USELESS)
def test_a_file_that_cannot_be_used_stops_with_its_name_and_place(few_raw, tmp_path, name):
    content, place = USELESS[name]
    told = broken(few_raw, tmp_path, "ic", content)
    assert "ic.csv" in told
    assert place in told


def test_a_missing_file_that_all_else_needs_stops(few_raw, tmp_path):
    raw = exports.copy(tmp_path / "raw", source=few_raw)
    (raw / "dm.csv").unlink()
    with pytest.raises(CdiscHaiError, match=r"dm\.csv"):
        build_study(raw=raw, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def odd_files(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> RawExport:
    """An export whose files are odd, and can be used all the same."""
    raw = exports.copy(tmp_path_factory.mktemp("odd") / "raw", source=few_raw)
    (raw / "haip.csv").unlink()
    (raw / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    cm = (raw / "cm.csv").read_text("utf-8-sig")
    (raw / "cm.csv").write_text(cm.replace("Amlodipine", "氨氯地平"), "gb18030")
    rows = exports.read(raw / "vs.csv")
    kept = [{n: v for n, v in row.items() if n != "temp"} for row in rows]
    exports.write(raw / "vs.csv", kept)
    rows = [{**row, "ecogx": "1"} for row in exports.read(raw / "ecog.csv")]
    exports.write(raw / "ecog.csv", rows)
    return read_export(raw, study_of(None))


@pytest.mark.parametrize(
    ("rule", "severity", "source"),
    [
        ("RAW-STRANGE-FILE", "warning", "notes.csv:1"),
        ("RAW-ENCODING", "warning", "cm.csv:1"),
        ("RAW-MISSING-COLUMN", "error", "vs.csv:1"),
        ("RAW-STRANGE-COLUMN", "note", "ecog.csv:1"),
    ],
)
def test_an_odd_file_is_told_and_read(odd_files: RawExport, rule, severity, source):
    told = {(f.severity, s) for f in odd_files.findings if f.rule == rule for s in f.sources}
    assert (severity, source) in told


def test_a_missing_form_is_told_by_its_file(odd_files: RawExport):
    (finding,) = [f for f in odd_files.findings if f.rule == "RAW-MISSING-FORM"]
    assert "haip.csv" in finding.message


def test_text_in_another_encoding_is_read_as_it_was_written(odd_files: RawExport):
    assert "氨氯地平" in odd_files.frames["cm"]["cmtrt"].tolist()
