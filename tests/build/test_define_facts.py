"""What the defines of the example's first subjects say, read off the specs and the standards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree, html

from cdisc_hai.submit.define_check.document import ARM, DEF, ODM

Root = etree._Element


@pytest.fixture(scope="module")
def sdtm(few_built: Path) -> Root:
    return etree.fromstring((few_built / "sdtm" / "define.xml").read_bytes())


@pytest.fixture(scope="module")
def adam(few_built: Path) -> Root:
    return etree.fromstring((few_built / "adam" / "define.xml").read_bytes())


def oid(root: Root, name: str) -> Root:
    return next(e for e in root.iter("*") if name in (e.get("OID"), e.get("ID")))


def terms(root: Root, item: str) -> set[str]:
    """The terms of an item's codelist."""
    ref = oid(root, item).find(f"{ODM}CodeListRef")
    return {t.get("CodedValue") for t in oid(root, ref.get("CodeListOID")) if t.get("CodedValue")}


def method(root: Root, item: str) -> str:
    """The text of an item's method."""
    ref = next(r for r in root.iter(f"{ODM}ItemRef") if r.get("ItemOID") == item)
    return next(oid(root, ref.get("MethodOID")).iter(f"{ODM}TranslatedText")).text


def origin(root: Root, item: str) -> tuple[str, str, str]:
    found = oid(root, item).find(f"{DEF}Origin")
    text = next(found.iter(f"{ODM}TranslatedText"), None)
    return found.get("Type"), found.get("Source"), "" if text is None else text.text


def standards(root: Root) -> set[tuple[str | None, ...]]:
    names = ("Name", "Type", "PublishingSet", "Version", "Status")
    return {tuple(s.get(n) for n in names) for s in root.iter(f"{DEF}Standard")}


def test_each_publishing_set_has_the_version_that_study_yaml_tells(sdtm: Root, adam: Root) -> None:
    terminology = ("CDISC/NCI", "CT", "SDTM", "2025-03-28", "Final")
    assert standards(sdtm) == {("SDTMIG", "IG", None, "3.4", "Final"), terminology}
    assert standards(adam) == {
        ("ADaMIG", "IG", None, "1.3", "Final"),
        terminology,
        ("CDISC/NCI", "CT", "ADaM", "2025-03-28", "Final"),
    }


def test_datasets_have_their_class_and_subclass(sdtm: Root, adam: Root) -> None:
    def klass(root: Root, name: str) -> tuple[str | None, list[str | None]]:
        found = oid(root, f"IG.{name}").find(f"{DEF}Class")
        return found.get("Name"), [s.get("Name") for s in found]

    assert klass(sdtm, "DM") == ("SPECIAL PURPOSE", [])
    assert klass(sdtm, "SUPPAE") == ("RELATIONSHIP", [])
    assert klass(adam, "ADSL") == ("SUBJECT LEVEL ANALYSIS DATASET", [])
    assert klass(adam, "ADAE") == ("OCCURRENCE DATA STRUCTURE", ["ADVERSE EVENT"])
    assert klass(adam, "ADTTE") == ("BASIC DATA STRUCTURE", ["TIME-TO-EVENT"])
    assert klass(adam, "ADRS") == ("BASIC DATA STRUCTURE", [])


@pytest.mark.parametrize("variable", ["TRORRES", "TRSTRESC"])
def test_a_result_is_told_test_by_test(sdtm: Root, variable: str) -> None:
    listed = oid(sdtm, f"VL.TR.{variable}")
    codes = {oid(sdtm, ref.get("ItemOID")).get("Name") for ref in listed}
    assert "TUMSTATE" in codes
    assert codes <= {"LDIAM", "DIAMETER", "TUMSTATE"}


@pytest.mark.parametrize("dataset", ["TR", "RS", "LB", "VS", "SUPPAE", "ADRS", "ADTR", "ADTTE"])
def test_each_findings_and_parameter_dataset_has_values_with_where_clauses(
    sdtm: Root, adam: Root, dataset: str
) -> None:
    root = adam if dataset.startswith("AD") else sdtm
    lists = [
        v for v in root.iter(f"{DEF}ValueListDef") if v.get("OID").startswith(f"VL.{dataset}.")
    ]
    assert lists
    for ref in (ref for listed in lists for ref in listed):
        clause = oid(root, ref.find(f"{DEF}WhereClauseRef").get("WhereClauseOID"))
        (check,) = clause
        assert check.get(f"{DEF}ItemOID").split(".")[1] == dataset
        assert [v.text for v in check] == [oid(root, ref.get("ItemOID")).get("Name")]


def test_a_test_has_the_units_that_occur_with_it(sdtm: Root) -> None:
    assert terms(sdtm, "IT.LB.LBSTRESU.CEA") == {"ug/L"}
    assert terms(sdtm, "IT.LB.LBSTRESU.HGB") == {"g/L"}
    assert terms(sdtm, "IT.LB.LBORRESU") > {"ug/L", "g/L"}


def test_terms_have_ncis_codes_and_extensions_are_marked(sdtm: Root, adam: Root) -> None:
    yes = next(t for t in oid(sdtm, "CL.NY") if t.get("CodedValue") == "Y")
    assert yes.find(f"{ODM}Alias").attrib == {"Context": "nci:ExtCodeID", "Name": "C49488"}
    assert oid(sdtm, "CL.NY").find(f"{ODM}Alias").get("Name") == "C66742"
    ned = next(t for t in oid(sdtm, "CL.RSTESTCD") if t.get("CodedValue") == "NEDIND")
    assert ned.get(f"{DEF}ExtendedValue") == "Yes"
    assert terms(adam, "IT.ADRS.AVALC.RSP") == {"N", "Y"}
    assert terms(sdtm, "IT.RS.RSSTRESC.NEDIND") == {"N", "Y"}
    assert {"PR", "SD"} <= terms(sdtm, "IT.RS.RSSTRESC.OVRLRESP")


def test_dictionaries_are_told_with_their_version(sdtm: Root) -> None:
    found = {(e.get("Dictionary"), e.get("Version")) for e in sdtm.iter(f"{ODM}ExternalCodeList")}
    assert found == {("MedDRA", "27.0"), ("CTCAE", "3.0")}
    ref = oid(sdtm, "IT.AE.AEPTCD").find(f"{ODM}CodeListRef").get("CodeListOID")
    assert oid(sdtm, ref).get("DataType") == "integer"


def test_collected_variables_point_to_the_pages_of_their_item(sdtm: Root, few_built: Path) -> None:
    pages = json.loads((few_built / "lineage" / "crf_pages.json").read_text("utf-8"))
    ref = oid(sdtm, "IT.AE.AESER").find(f"{DEF}Origin/{DEF}DocumentRef")
    assert ref.get("leafID") == "LF.acrf"
    assert ref[0].get("PageRefs") == " ".join(map(str, pages["ae"]["aeser"]))


def test_origins_name_type_source_and_predecessor(sdtm: Root, adam: Root) -> None:
    assert origin(sdtm, "IT.TR.TRDY") == ("Derived", "Sponsor", "")
    assert origin(sdtm, "IT.AE.AEDECOD") == ("Assigned", "Sponsor", "")
    assert origin(adam, "IT.ADSL.SEX") == ("Predecessor", "Sponsor", "DM.SEX")
    assert origin(adam, "IT.ADAE.RELCHEMO") == (
        "Predecessor", "Sponsor", 'SUPPAE.QVAL where QNAM = "RELCHEMO"',
    )  # fmt: skip


def test_a_method_is_what_the_operation_does_with_what_the_spec_gives_it(
    sdtm: Root, adam: Root
) -> None:
    assert method(sdtm, "IT.TR.TRDY") == (
        "Days from DM.RFSTDTC to TRDTC, plus 1 on or after it; there is no day 0."
    )
    assert "SD from day 42 on" in method(adam, "IT.ADRS.AVALC.BOR")
    assert method(adam, "IT.ADTTE.AVAL.PFS") != method(adam, "IT.ADTTE.AVAL.OS")


def test_a_laboratory_value_is_told_with_its_decimals(sdtm: Root) -> None:
    found = oid(sdtm, "IT.LB.LBSTRESN")
    assert found.get("DataType") == "float"
    digits = int(found.get("SignificantDigits"))
    assert digits > 0
    assert found.get(f"{DEF}DisplayFormat") == f"{found.get('Length')}.{digits}"


def test_every_endpoint_has_its_analysis(adam: Root) -> None:
    found = list(adam.iter(f"{ARM}AnalysisResult"))
    selected = {
        value.text
        for result in found
        for ref in result.iter(f"{DEF}WhereClauseRef")
        for value in oid(adam, ref.get("WhereClauseOID")).iter(f"{ODM}CheckValue")
    }
    assert {"RSP", "CRSP", "DPR", "NED", "PFS", "OS"} <= selected
    primary = [r for r in found if r.get("AnalysisPurpose") == "PRIMARY OUTCOME MEASURE"]
    assert primary[0].get("ParameterOID") == "IT.ADRS.PARAMCD"
    for result in found:
        assert result.find(f"{ARM}Documentation") is not None
        assert result.find(f"{ARM}ProgrammingCode/{ARM}Code").text.strip()


@pytest.mark.parametrize("standard", ["sdtm", "adam"])
def test_the_page_leads_to_every_dataset_and_says_how_it_is_written(
    few_built: Path, standard: str
) -> None:
    text = (few_built / standard / "define.html").read_bytes()
    assert b'<meta charset="utf-8">' in text[:1024]
    page = html.fromstring(text.decode("utf-8"))
    ids = set(page.xpath("//@id"))
    inner = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert inner <= ids | {""}
    for path in (few_built / standard).glob("*.xpt"):
        assert path.name in page.xpath("//a/@href")
        assert f"#IG.{path.stem.upper()}" in page.xpath("//a/@href") or any(
            i.endswith(f"IG.{path.stem.upper()}") for i in inner
        )


def test_a_dataset_without_a_record_has_no_data_and_says_so(
    tmp_path: Path, few_built: Path
) -> None:
    from cdisc_hai.build.define import build_define  # noqa: PLC0415 - for this test alone

    for path in (few_built / "adam").glob("*.xpt"):
        if path.stem != "adtte":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    build_define(data=tmp_path, out=tmp_path / "define.xml")
    root = etree.fromstring((tmp_path / "define.xml").read_bytes())
    group = oid(root, "IG.ADTTE")
    assert group.get(f"{DEF}HasNoData") == "Yes"
    assert group.get(f"{DEF}ArchiveLocationID") is None
    text = next(oid(root, group.get(f"{DEF}CommentOID")).iter(f"{ODM}TranslatedText")).text
    assert text.startswith("The study has no record for this dataset")
    assert not any("ADTTE" in r.get("ItemGroupOID") for r in root.iter(f"{ARM}AnalysisDataset"))
