"""Each raw.yaml of docs/edc.md reads the export of its system: rows, roles, codes and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.dates import read_dates
from cdisc_hai.raw import RawExport, read_export

PAGE = (Path(__file__).parents[2] / "docs" / "edc.md").read_text(encoding="utf-8")
LAYOUTS = {
    head.strip(): found[1]
    for head, _, body in (part.partition("\n") for part in PAGE.split("\n## ")[1:])
    if (found := re.search(r"```yaml\n(.*?)```", body, re.DOTALL))
}
COMMON = "STUDYID: {label: Study Identifier, core: Req, map: {op: hardcode, value: X}}\n"
DM = """\
dataset: DM
label: Demographics
class: SPECIAL-PURPOSE
structure: One record per subject
keys: [STUDYID]
records:
  subjects: {{form: {form}}}
variables:
  - {{use: STUDYID}}
"""


@pytest.fixture
def read(tiny_study: Callable[..., Study]) -> Callable[[str, Path], RawExport]:
    def run(system: str, folder: Path) -> RawExport:
        layout = LAYOUTS[system]
        form = re.search(r"^subjects_form: (\S+)", layout, re.MULTILINE)
        assert form is not None
        files = {
            "raw.yaml": layout,
            "sdtm/common.yaml": COMMON,
            "sdtm/dm.yaml": DM.format(form=form[1]),
            "sdtm/vs.yaml": None,
        }
        return read_export(folder, tiny_study(files))

    return run


def _counts(export: RawExport) -> dict[str, int]:
    return {form: len(rows) for form, rows in export.accounting.rows.items()}


def _told(export: RawExport) -> list[tuple[str, str]]:
    return sorted({(f.rule, f.message) for f in export.findings})


def test_every_layout_of_the_page_is_a_layout(tiny_study: Callable[..., Study]) -> None:
    assert sorted(LAYOUTS) == [
        "Castor",
        "Chinese systems",
        "OpenClinica: ODM-XML",
        "REDCap: one file for the whole project",
        "REDCap: repeated instruments",
        "Rave: clinical views",
        "Viedoc",
    ]


@pytest.mark.shared
def test_rave(read: Callable[..., RawExport], shared: Path) -> None:
    export = read("Rave: clinical views", shared / "kit" / "samples" / "rave")
    assert _counts(export) == {"enrol": 11, "vital": 10}
    vital = export.frames["vital"].iloc[0]
    assert (vital["@key"], vital["@folder"], vital["@record"]) == (
        "SIMPLESTUDY-TESTSITE-1", "SCREEN", "1346659",
    )  # fmt: skip
    iso, _ = read_dates(export.frames["vital"]["VDAT_RAW"], formats=("YYYY MON DD",), unknown=())
    assert iso.iloc[0] == "2013-02-01"
    assert _told(export) == [
        ("RAW-STRANGE-FILE", f"no spec reads {name}")
        for name in ("LICENSE.txt", "car_message.xml", "test_double_byte_chars.xml")
    ]


@pytest.mark.shared
def test_redcap_in_one_file(read: Callable[..., RawExport], shared: Path) -> None:
    folder = shared / "kit" / "samples" / "redcap" / "longitudinal"
    export = read("REDCap: one file for the whole project", folder)
    assert _counts(export) == {
        "demographics": 3,
        "contact_info": 5,
        "baseline_data": 3,
        "visit_lab_data": 4,
        "patient_morale_questionnaire": 10,
        "visit_blood_workup": 4,
        "visit_observed_behavior": 6,
        "completion_data": 2,
        "completion_project_questionnaire": 3,
    }
    assert list(export.frames["demographics"]["gym___1"]) == ["0", "1", "1"]
    assert "RAW-NO-FORM" not in {f.rule for f in export.findings}
    gym = next(item for item in export.catalogue if item.name == "gym")
    assert [(c.code, c.decode) for c in gym.choices][:2] == [("0", "Monday"), ("1", "Tuesday")]


@pytest.mark.shared
def test_redcap_with_repeated_instruments(read: Callable[..., RawExport], shared: Path) -> None:
    folder = shared / "kit" / "samples" / "redcap" / "repeating-instruments-sparse"
    export = read("REDCap: repeated instruments", folder)
    assert _counts(export) == {"demographics": 5, "bp": 4}
    assert list(export.frames["bp"]["@repeat"]) == ["1", "2", "3", "1"]


@pytest.mark.shared
def test_castor(read: Callable[..., RawExport], shared: Path) -> None:
    export = read("Castor", shared / "kit" / "samples" / "castor")
    assert _counts(export) == {
        "CastorStudy": 2,
        "CastorAdverseEvent": 2,
        "CastorMedication": 2,
        "CastorUnscheduledVisit": 1,
        "CastorComorbidities": 1,
        "CastorQOLSurvey": 2,
    }
    study = export.frames["CastorStudy"]
    assert list(study["ic_date"]) == ["22-06-2021", ""]
    assert list(study["ic_language#English"]) == ["0", ""]
    assert _told(export) == [("RAW-STRANGE-FILE", "no spec reads LICENSE.md")]


@pytest.mark.shared
def test_viedoc(read: Callable[..., RawExport], shared: Path) -> None:
    samples = shared / "kit" / "samples" / "viedoc"
    export = read("Viedoc", samples / "DEMO_GDISC_20240903_072908")
    assert _counts(export) == {
        "dm": 3, "ae": 4, "cm": 3, "da": 12, "ds": 3, "ex": 1, "ie": 8, "lbcc": 9, "lbhm": 9,
        "lbsa": 11, "lbur": 9, "preg": 1, "lc": 12, "mh": 7, "pe": 11, "pr": 1, "pga": 11,
        "vs": 11, "vstat": 34,
    }  # fmt: skip
    ae = export.frames["ae"]
    assert list(ae["@src"])[:1] == ["DEMO_GDISC_20240903_072908_AE.csv:3"]
    iso, wrong = read_dates(ae["AEENDAT"], formats=("YYYY-MM-DD",), unknown=("NK",))
    assert list(iso) == ["2023-10", "2023-08-31", "2023-11-27", "2024-01"]
    assert list(wrong) == ["", "", "", ""]
    other = read("Viedoc", samples / "DEMO_CF1234_NL_20250120_104838")
    assert _counts(other)["dm"] == 37


@pytest.mark.shared
def test_a_chinese_system(read: Callable[..., RawExport], shared: Path) -> None:
    export = read("Chinese systems", shared / "kit" / "samples" / "zh_gbk_synthetic")
    assert _counts(export) == {"人口学资料": 306, "不良事件": 1191}
    subjects = export.frames["人口学资料"]
    iso, wrong = read_dates(subjects["采集日期"], formats=("YYYY年MM月DD日",), unknown=())
    assert (iso.iloc[0], set(wrong)) == ("2013-12-26", {""})
    assert subjects["性别"].iloc[0] == "女"
    assert export.frames["不良事件"]["@src"].iloc[0] == "原始数据导出.xlsx!不良事件:2"
    assert _told(export) == []


OPENCLINICA = """\
<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot"
     xmlns:OpenClinica="http://www.openclinica.org/ns/odm_ext_v130/v3.1">
<Study OID="S_ONE"><GlobalVariables><StudyName>ONE</StudyName></GlobalVariables>
<MetaDataVersion OID="v1" Name="one">
<ItemGroupDef OID="IG_DEMOG_UNGROUPED" Name="UNGROUPED" Repeating="No">
<ItemRef ItemOID="I_SEX"/><ItemRef ItemOID="I_BIRTH"/></ItemGroupDef>
<ItemGroupDef OID="IG_VS_UNGROUPED" Name="UNGROUPED" Repeating="No"/>
<ItemGroupDef OID="IG_AE_LOG" Name="AE_LOG" Repeating="Yes"><ItemRef ItemOID="I_TERM"/>
<ItemRef ItemOID="I_START"/></ItemGroupDef>
<ItemDef OID="I_SEX" Name="sex"><CodeListRef CodeListOID="CL_SEX"/></ItemDef>
<ItemDef OID="I_BIRTH" Name="birth_date"/><ItemDef OID="I_TERM" Name="ae_term"/>
<ItemDef OID="I_START" Name="ae_start"/>
<CodeList OID="CL_SEX" Name="sex"><CodeListItem CodedValue="1"><Decode>
<TranslatedText>Female</TranslatedText></Decode></CodeListItem></CodeList>
</MetaDataVersion></Study>
<ClinicalData StudyOID="S_ONE" MetaDataVersionOID="v1">
<SubjectData SubjectKey="07-001" OpenClinica:StudySubjectID="001">
<StudyEventData StudyEventOID="SE_BASELINE" StudyEventRepeatKey="1"><FormData FormOID="F_DEMOG">
<ItemGroupData ItemGroupOID="IG_DEMOG_UNGROUPED" ItemGroupRepeatKey="1">
<ItemData ItemOID="I_SEX" Value="1"/><ItemData ItemOID="I_BIRTH" Value="1961-04"/>
</ItemGroupData></FormData></StudyEventData>
<StudyEventData StudyEventOID="SE_LOGS" StudyEventRepeatKey="1"><FormData FormOID="F_AE">
<ItemGroupData ItemGroupOID="IG_AE_LOG" ItemGroupRepeatKey="1">
<ItemData ItemOID="I_TERM" Value="Rash"/><ItemData ItemOID="I_START" Value="2024-03-01"/>
</ItemGroupData><ItemGroupData ItemGroupOID="IG_AE_LOG" ItemGroupRepeatKey="2">
<ItemData ItemOID="I_TERM" Value="Fever"/></ItemGroupData></FormData></StudyEventData>
</SubjectData></ClinicalData></ODM>
"""


def test_openclinica(read: Callable[..., RawExport], tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "odm.xml").write_text(OPENCLINICA, encoding="utf-8")
    export = read("OpenClinica: ODM-XML", folder)
    assert _counts(export) == {"demographics": 1, "events": 2}
    roles = ["@key", "@folder", "@folder_repeat", "@repeat"]
    assert export.frames["events"][[*roles, "ae_term"]].to_numpy().tolist() == [
        ["ONE-07-001", "", "1", "1", "Rash"],
        ["ONE-07-001", "", "1", "2", "Fever"],
    ]
    assert export.frames["demographics"]["sex_label"].iloc[0] == "Female"
    assert _told(export) == []
