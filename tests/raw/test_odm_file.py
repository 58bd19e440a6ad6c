"""ODM-XML as tables: keys, names and codes from its definitions, removals, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.metadata import OdmLayout
from cdisc_hai.raw.dictionary import read_dictionary
from cdisc_hai.raw.folder import ExportFolder
from cdisc_hai.raw.odm_file import OdmFile, read_odm

DEFINITIONS = """
<Study OID="S.1"><GlobalVariables><StudyName>ONE</StudyName></GlobalVariables>
<BasicDefinitions><MeasurementUnit OID="MU.KG" Name="kg"/></BasicDefinitions>
<MetaDataVersion OID="M.1" Name="one">
<StudyEventDef OID="SE.1" Name="BASELINE" Repeating="No" Type="Scheduled"/>
<FormDef OID="F.DM" Name="Demographics" Repeating="No">
  <ItemGroupRef ItemGroupOID="IG.DM"/><ItemGroupRef ItemGroupOID="IG.WT"/></FormDef>
<ItemGroupDef OID="IG.DM" Name="dm" Repeating="No"><ItemRef ItemOID="I.SEX"/>
  <ItemRef ItemOID="I.NOTE"/></ItemGroupDef>
<ItemGroupDef OID="IG.WT" Name="wt" Repeating="Yes"><ItemRef ItemOID="I.WT"/></ItemGroupDef>
<ItemDef OID="I.SEX" Name="sex" DataType="text"><CodeListRef CodeListOID="CL.SEX"/></ItemDef>
<ItemDef OID="I.NOTE" Name="note" DataType="text"/>
<ItemDef OID="I.WT" Name="weight" DataType="float"/>
<CodeList OID="CL.SEX" Name="SEX" DataType="text"><CodeListItem CodedValue="1"><Decode>
<TranslatedText>Male</TranslatedText></Decode></CodeListItem></CodeList>
</MetaDataVersion></Study>
<AdminData><Location OID="L.7" Name="Oslo" LocationType="Site"/></AdminData>
"""
SUBJECT = """
<SubjectData SubjectKey="07-001"><AuditRecord><UserRef UserOID="u"/></AuditRecord>
<SiteRef LocationOID="L.7"/>
<StudyEventData StudyEventOID="SE.1" StudyEventRepeatKey="2"><FormData FormOID="F.DM">
<ItemGroupData ItemGroupOID="IG.DM"><ItemData ItemOID="I.SEX" Value=" 1 "/>
<ItemData ItemOID="I.NOTE" IsNull="Yes"/></ItemGroupData>
<ItemGroupData ItemGroupOID="IG.WT" ItemGroupRepeatKey="1"><ItemDataFloat ItemOID="I.WT">61.5
<MeasurementUnitRef MeasurementUnitOID="MU.KG"/></ItemDataFloat></ItemGroupData>
<ItemGroupData ItemGroupOID="IG.WT" ItemGroupRepeatKey="2"><ItemData ItemOID="I.WT" Value="62"/>
<ItemData ItemOID="I.NEW" Value="x"/></ItemGroupData>
</FormData></StudyEventData></SubjectData>
"""


def _odm(data: str, *, kind: str = "Snapshot", definitions: str = DEFINITIONS) -> str:
    return (
        f'<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="{kind}">{definitions}'
        f'<ClinicalData StudyOID="S.1" MetaDataVersionOID="M.1">{data}</ClinicalData></ODM>'
    )


def _read(tmp_path: Path, text: str, layout: OdmLayout | None = None) -> OdmFile:
    path = tmp_path / "odm.xml"
    path.write_text(text, encoding="utf-8")
    return read_odm(path, layout)


def _rows(odm: OdmFile, table: str, *columns: str) -> list[tuple[str, ...]]:
    (found,) = [t for t in odm.tables if t.name == table]
    return list(zip(*(found.frame[c] for c in columns), strict=True))


def test_a_group_is_a_table_whose_rows_have_their_keys_and_items(tmp_path: Path) -> None:
    odm = _read(tmp_path, _odm(SUBJECT))
    assert [t.name for t in odm.tables] == ["dm", "wt"]
    keys = ("StudyName", "SiteName", "SubjectKey", "EventName", "EventRepeat", "sex", "note")
    assert _rows(odm, "dm", *keys) == [("ONE", "Oslo", "07-001", "BASELINE", "2", "1", "")]
    assert _rows(odm, "wt", "GroupRepeat", "weight", "weight_unit", "I.NEW") == [
        ("1", "61.5", "kg", ""),
        ("2", "62", "", "x"),
    ]


def test_an_item_that_says_it_is_null_has_no_value_whatever_it_holds(tmp_path: Path) -> None:
    null = '<ItemData ItemOID="I.NOTE" Value="old" IsNull="Yes"/>'
    data = SUBJECT.replace('<ItemData ItemOID="I.NOTE" IsNull="Yes"/>', null)
    assert _rows(_read(tmp_path, _odm(data)), "dm", "note") == [("",)]


def test_a_row_is_named_by_its_keys(tmp_path: Path) -> None:
    wt = _read(tmp_path, _odm(SUBJECT)).tables[1]
    assert wt.sources == (
        "odm.xml:07-001/SE.1[2]/F.DM/IG.WT[1]",
        "odm.xml:07-001/SE.1[2]/F.DM/IG.WT[2]",
    )


def test_a_form_may_be_the_table(tmp_path: Path) -> None:
    odm = _read(tmp_path, _odm(SUBJECT), OdmLayout(by_form=True))
    assert [t.name for t in odm.tables] == ["Demographics"]
    assert _rows(odm, "Demographics", "GroupRepeat", "sex", "weight") == [
        ("", "1", ""),
        ("1", "", "61.5"),
        ("2", "", "62"),
    ]


def test_columns_are_made_from_the_keys(tmp_path: Path) -> None:
    columns = {
        "site": {"key": "SubjectKey", "before": "-"},
        "subject": {"key": "SubjectKey", "after": "-"},
        "visit": {"key": "EventOID", "values": {"SE.1": "START"}},
    }
    odm = _read(tmp_path, _odm(SUBJECT), OdmLayout(columns=columns, decode_suffix="_dec"))
    assert _rows(odm, "dm", "site", "subject", "visit", "sex_dec") == [
        ("07", "001", "START", "Male")
    ]


def test_without_definitions_the_oids_are_the_names(tmp_path: Path) -> None:
    odm = _read(tmp_path, _odm(SUBJECT, definitions=""))
    assert [t.name for t in odm.tables] == ["IG.DM", "IG.WT"]
    assert _rows(odm, "IG.DM", "I.SEX", "StudyName", "SiteName") == [("1", "S.1", "L.7")]


def test_keys_that_stand_twice_in_a_snapshot_are_two_records(tmp_path: Path) -> None:
    group = '<ItemGroupData ItemGroupOID="IG.DM"><ItemData ItemOID="I.SEX" Value="{}"/>{}'
    twice = group.format(1, "</ItemGroupData>") + group.format(2, "</ItemGroupData>")
    data = f'<SubjectData SubjectKey="1"><FormData FormOID="F.DM">{twice}</FormData></SubjectData>'
    dm = _read(tmp_path, _odm(data)).tables[0]
    assert list(dm.frame["sex"]) == ["1", "2"]
    assert dm.sources == ("odm.xml:1/F.DM/IG.DM", "odm.xml:1/F.DM/IG.DM#2")


def test_transactions_are_played_to_their_end(tmp_path: Path) -> None:
    def said(value: str, remove: str = "") -> str:
        return (
            f'<SubjectData SubjectKey="1"><FormData FormOID="F.DM"{remove}>'
            '<ItemGroupData ItemGroupOID="IG.DM" ItemGroupRepeatKey="1">'
            f"{value}</ItemGroupData></FormData></SubjectData>"
        )

    first, second = '<ItemData ItemOID="I.SEX" Value="1"/>', '<ItemData ItemOID="I.SEX" Value="2"/>'
    note = '<ItemData ItemOID="I.NOTE" Value="n"/>'
    gone = '<ItemData ItemOID="I.NOTE" TransactionType="Remove"/>'
    played = _read(
        tmp_path, _odm(said(first) + said(second + note) + said(gone), kind="Transactional")
    )
    assert _rows(played, "dm", "sex", "note") == [("2", "")]
    removed = _read(
        tmp_path,
        _odm(said(first) + said("", ' TransactionType="Remove"'), kind="Transactional"),
    )
    (dm, _) = removed.tables
    assert len(dm.frame) == 0
    assert [f.message for f in dm.notes] == ["the file's transactions remove 1 records"]


def test_the_definitions_are_the_dictionary(tmp_path: Path) -> None:
    (tmp_path / "odm.xml").write_text(_odm(SUBJECT))
    dictionary = read_dictionary(ExportFolder(tmp_path), {"decode_suffix": "_dec"})
    assert dictionary.items["wt"] == {"weight", "I.WT"}
    assert dictionary.codes_of("dm") == {"sex": {"1"}}
    assert dictionary.list_of("dm", "sex") == "SEX"


BOMB = '<!DOCTYPE ODM [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
READER = '<!DOCTYPE ODM [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB + _odm(SUBJECT), r"odm\.xml: has a document type \(<!DOCTYPE \.\.\.>\)"),
        (READER + _odm("&f;"), r"odm\.xml: has a document type"),
        (_odm(SUBJECT)[:-40], r"odm\.xml:\d+: not well-formed XML .*cut off; export it anew"),
        ("<html><p/></html>", r"odm\.xml: its first element is 'html', not ODM"),
        ("", r"odm\.xml:1: not well-formed XML"),
        ("not xml", r"odm\.xml:1: not well-formed XML"),
    ],
)
def test_what_is_no_odm_stops_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RawError, match=message):
        _read(tmp_path, text)
