"""Faults for defines and datasets: what is planted, and the rule that has to tell it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from lxml import etree

from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define_check.document import ARM, DEF, ODM, XLINK

Data = dict[str, XptDataset]
Plant = Callable[["Planted"], None]


class Planted:
    """A define and its datasets, to be spoiled."""

    def __init__(self, define: bytes, data: Data) -> None:
        self.root, self.data = etree.fromstring(define), dict(data)

    def oid(self, oid: str) -> etree._Element:
        """The element of an OID or ID."""
        return next(e for e in self.root.iter("*") if oid in (e.get("OID"), e.get("ID")))

    def ref(self, item: str) -> etree._Element:
        """The first ItemRef of an item."""
        return next(e for e in self.root.iter(f"{ODM}ItemRef") if e.get("ItemOID") == item)

    def group(self, name: str) -> etree._Element:
        return next(e for e in self.root.iter(f"{ODM}ItemGroupDef") if e.get("Name") == name)

    def frame(self, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        found = self.data[name]
        self.data[name] = replace(found, frame=change(found.frame.copy()))

    def value(self, name: str, variable: str, value: object, row: int = 0) -> None:
        def put(frame: pd.DataFrame) -> pd.DataFrame:
            frame.loc[row, variable] = value
            return frame

        self.frame(name, put)


def drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def gone(oid: str) -> Plant:
    return lambda p: drop(p.oid(oid))


def put(oid: str, attribute: str, value: str | None) -> Plant:
    """Change an attribute, or (None) take it away."""

    def plant(p: Planted) -> None:
        _put(p.oid(oid), attribute, value)

    return plant


def put_ref(item: str, attribute: str, value: str | None) -> Plant:
    return lambda p: _put(p.ref(item), attribute, value)


def put_group(name: str, attribute: str, value: str | None) -> Plant:
    return lambda p: _put(p.group(name), attribute, value)


def put_in(oid: str, path: str, attribute: str, value: str | None) -> Plant:
    def plant(p: Planted) -> None:
        found = p.oid(oid).find(path)
        assert found is not None, (oid, path)
        _put(found, attribute, value)

    return plant


def text_in(oid: str, text: str) -> Plant:
    def plant(p: Planted) -> None:
        found = next(p.oid(oid).iter(f"{ODM}TranslatedText"))
        assert found.text != text
        found.text = text

    return plant


def copied_from(oid: str, text: str) -> Plant:
    """Another name of the predecessor."""

    def plant(p: Planted) -> None:
        found = p.oid(oid).find(f"{DEF}Origin/{ODM}Description/{ODM}TranslatedText")
        assert found is not None and found.text != text
        found.text = text

    return plant


def _put(element: etree._Element, attribute: str, value: str | None) -> None:
    assert element.get(attribute) != value, f"{attribute} is {value} already"
    if value is None:
        del element.attrib[attribute]
    else:
        element.set(attribute, value)


def term(codelist: str, value: str) -> Callable[[Planted], etree._Element]:
    return lambda p: next(e for e in p.oid(codelist) if e.get("CodedValue") == value)


def _no_code(p: Planted) -> None:
    found = term("CL.NY", "Y")(p).find(f"{ODM}Alias")
    assert found is not None
    drop(found)


def _twice(p: Planted) -> None:
    one = term("CL.NY", "Y")(p)
    one.addprevious(etree.fromstring(etree.tostring(one)))


def _second_oid(p: Planted) -> None:
    one = p.oid("IT.TR.TRDTC")
    one.addnext(etree.fromstring(etree.tostring(one)))


def _second_version(p: Planted) -> None:
    one = p.oid("STD.CT.SDTM")
    other = etree.fromstring(etree.tostring(one))
    other.set("OID", "STD.CT.OLD")
    other.set("Version", "2024-03-29")
    one.addnext(other)


def _no_origin(p: Planted) -> None:
    drop(p.oid("IT.AE.AEDECOD").find(f"{DEF}Origin"))


def _no_key(p: Planted) -> None:
    for ref in p.group("TR").findall(f"{ODM}ItemRef"):
        if int(ref.get("KeySequence", "0")) > 3:
            del ref.attrib["KeySequence"]


def _where_value(oid: str, value: str) -> Plant:
    def plant(p: Planted) -> None:
        found = p.oid(oid).find(f"{ODM}RangeCheck/{ODM}CheckValue")
        assert found is not None
        found.text = value

    return plant


def _without_item(p: Planted) -> None:
    drop(p.ref("IT.TR.TRORRES.LDIAM"))


def _foreign_variable(p: Planted) -> None:
    next(p.root.iter(f"{ARM}AnalysisVariable")).set("ItemOID", "IT.ADSL.AGE")


def _foreign_selection(p: Planted) -> None:
    clause = next(p.root.iter(f"{ARM}AnalysisDataset")).find(f"{DEF}WhereClauseRef")
    check = p.oid(clause.get("WhereClauseOID", "")).find(f"{ODM}RangeCheck")
    check.set(f"{DEF}ItemOID", "IT.ADTTE.PARAMCD")


def _labelled(p: Planted) -> None:
    found = p.data["TR"]
    p.data["TR"] = replace(found, labels={**found.labels, "TRDTC": "Date"})


def _wider(p: Planted) -> None:
    found = p.data["TR"]
    p.data["TR"] = replace(found, lengths={**found.lengths, "TRORRES": 200})


def _lost(name: str) -> Plant:
    return lambda p: p.data.pop(name) and None


def _strange(p: Planted) -> None:
    p.data["XX"] = replace(p.data["DM"], name="XX")


def _swapped(p: Planted) -> None:
    p.frame("DM", lambda f: f[[*f.columns[:3], f.columns[4], f.columns[3], *f.columns[5:]]])


def _qualified(p: Planted) -> None:
    p.value("SUPPAE", "QNAM", "AESTRANGE")


@dataclass(frozen=True)
class Fault:
    """One fault: where it is planted, its sentence, and the rule that tells it."""

    standard: str
    what: str
    plant: Plant
    rule: str


def _all() -> list[Fault]:
    s, a = "sdtm", "adam"
    return [Fault(*one) for one in (
        (s, "the definition of a variable is missing", gone("IT.TR.TRDTC"), "REFERENCE"),
        (s, "the definition of a value is missing", gone("IT.TR.TRORRES.LDIAM"), "REFERENCE"),
        (s, "a method is missing", gone("MT.TR.TRDY"), "REFERENCE"),
        (s, "a codelist is missing", gone("CL.NY"), "REFERENCE"),
        (s, "a value list is missing", gone("VL.TR.TRORRES"), "REFERENCE"),
        (s, "a where clause is missing", gone("WC.TR.TRTESTCD.LDIAM"), "REFERENCE"),
        (s, "a comment is missing", gone("COM.AE.AEPTCD"), "REFERENCE"),
        (s, "the terminology is missing", gone("STD.CT.SDTM"), "REFERENCE"),
        (s, "the annotated CRF is not among the documents", gone("LF.acrf"), "REFERENCE"),
        (a, "an analysis result names a variable that is not there", gone("IT.ADRS.AVALC"), "REFERENCE"),
        (s, "two variables share an OID", _second_oid, "OID"),
        (s, "a codelist is used by nobody", put_in("IT.AE.AETOXGR", f"{ODM}CodeListRef", "CodeListOID", "CL.NY"), "UNUSED"),
        (s, "a document does not lie beside the define", put("LF.acrf", f"{XLINK}href", "blankcrf.pdf"), "FILE"),
        (s, "a document lies outside of the folder", put("LF.acrf", f"{XLINK}href", "../sdtm/../acrf.pdf"), "FILE"),
        (s, "a dataset names the file of another", put_group("TR", f"{DEF}ArchiveLocationID", "LF.LB"), "FILE"),
        (s, "terminology of two versions", _second_version, "STANDARD"),
        (s, "terminology without its publishing set", put("STD.CT.SDTM", "PublishingSet", None), "STANDARD"),
        (s, "a dataset of no standard", put_group("LB", f"{DEF}StandardOID", None), "STANDARD"),
        (s, "a class that the terminology does not have", put_in("IG.LB", f"{DEF}Class", "Name", "FINDING"), "CLASS"),
        (s, "a term without its C-code", _no_code, "TERM"),
        (s, "an extension that is not marked", lambda p: _put(term("CL.RSTESTCD", "NEDIND")(p), f"{DEF}ExtendedValue", None), "TERM"),
        (s, "a term that stands twice", _twice, "TERM"),
        (s, "CDISC's codelist without its C-code", lambda p: drop(p.oid("CL.NY").find(f"{ODM}Alias")), "TERM"),
        (s, "a term of the data that the codelist lacks", lambda p: drop(term("CL.NY", "Y")(p)), "CODELIST"),
        (s, "collected by the sponsor", put_in("IT.AE.AESER", f"{DEF}Origin", "Source", "Sponsor"), "ORIGIN"),
        (s, "a variable without an origin", _no_origin, "ORIGIN"),
        (a, "a predecessor without a name", copied_from("IT.ADRS.FASFL", ""), "ORIGIN"),
        (s, "a derived variable without a method", put_ref("IT.TR.TRDY", "MethodOID", None), "METHOD"),
        (s, "a method that says nothing", text_in("MT.TR.TRDY", " "), "TEXT"),
        (s, "a variable that is out of its place", put_ref("IT.TR.TRDY", "OrderNumber", "99"), "ORDER"),
        (s, "key variables with a gap", put_ref("IT.TR.TRTESTCD", "KeySequence", "12"), "KEY"),
        (s, "keys that do not tell records apart", _no_key, "KEY"),
        (s, "one record a subject, in a dataset with more", put_group("AE", "Repeating", "No"), "GROUP"),
        (s, "subjects in reference data", put_group("AE", "IsReferenceData", "Yes"), "GROUP"),
        (s, "a variable of SDTM without its role", put_ref("IT.AE.AESER", "Role", None), "ROLE"),
        (s, "another label of a dataset", text_in("IG.TR", "Tumor Results"), "LABEL"),
        (s, "another label of a variable", text_in("IT.TR.TRDTC", "Date"), "LABEL"),
        (s, "a number that is called a text", put("IT.TR.TRSEQ", "DataType", "text"), "TYPE"),
        (s, "decimals that are not told", put("IT.LB.LBSTRESN", "SignificantDigits", "0"), "TYPE"),
        (s, "partial dates that are called dates", put("IT.MH.MHSTDTC", "DataType", "date"), "TYPE"),
        (s, "a text shorter than the file's", put("IT.TR.TRORRES", "Length", "2"), "LENGTH"),
        (a, "another display format", put("IT.ADRS.ADT", f"{DEF}DisplayFormat", "DATETIME20."), "FORMAT"),
        (s, "no data where there are", put_ref("IT.TR.TRORRES", f"{DEF}HasNoData", "Yes"), "NO-DATA"),
        (s, "data where there are none", put_group("TR", f"{DEF}HasNoData", "Yes"), "NO-DATA"),
        (s, "mandatory, and missing", put_ref("IT.TR.TRSTRESN", "Mandatory", "Yes"), "MANDATORY"),
        (s, "a where clause that matches no record", _where_value("WC.TR.TRTESTCD.LDIAM", "PERP"), "WHERE"),
        (s, "two where clauses that match the same records", _where_value("WC.TR.TRTESTCD.LDIAM", "TUMSTATE"), "VALUE-LIST"),
        (s, "values that no item of the value list is for", _without_item, "VALUE-LIST"),
        (s, "a value shorter than the data", put("IT.LB.LBORRES.ALT", "Length", "1"), "LENGTH"),
        (s, "a value of another type", put("IT.LB.LBSTRESN.ALT", "DataType", "text"), "TYPE"),
        (a, "the wrong predecessor", copied_from("IT.ADSL.SEX", "DM.RACE"), "PREDECESSOR"),
        (a, "a predecessor that is not there", copied_from("IT.ADSL.SEX", "DM.GENDER"), "PREDECESSOR"),
        (a, "a result with a variable of another dataset", _foreign_variable, "RESULT"),
        (a, "a result that selects by another dataset", _foreign_selection, "RESULT"),
        (s, "data: a value that is no term", lambda p: p.value("AE", "AESER", "YES"), "CODELIST"),
        (s, "data: a term that its list does not have", lambda p: p.value("TR", "TRTESTCD", "HUGE"), "VALUE-LIST"),
        (s, "data: a text longer than told", lambda p: p.value("TR", "TRORRES", "x" * 190), "LENGTH"),
        (s, "data: a file with longer variables", _wider, "LENGTH"),
        (s, "data: a number with more decimals", lambda p: p.value("LB", "LBSTRESN", 1.23456789), "TYPE"),
        (s, "data: a date that is none", lambda p: p.value("TR", "TRDTC", "01MAR2024"), "TYPE"),
        (s, "data: a record twice", lambda p: p.frame("TR", lambda f: pd.concat([f, f.head(1)], ignore_index=True)), "KEY"),
        (s, "data: a variable is missing", lambda p: p.frame("TR", lambda f: f.drop(columns="TRORRES")), "VARIABLE"),
        (s, "data: a variable more", lambda p: p.frame("TR", lambda f: f.assign(TRNEW="x")), "VARIABLE"),
        (s, "data: variables in another order", _swapped, "ORDER"),
        (s, "data: another label", _labelled, "LABEL"),
        (s, "data: a dataset is missing", _lost("TR"), "DATASET"),
        (s, "data: a dataset more", _strange, "DATASET"),
        (s, "data: a required value is missing", lambda p: p.value("TR", "USUBJID", ""), "MANDATORY"),
        (s, "data: a variable has lost its values", lambda p: p.frame("TR", lambda f: f.assign(TRMETHOD="")), "NO-DATA"),
        (s, "data: a qualifier that is not described", _qualified, "VALUE-LIST"),
        (a, "data: ADSL has another age than DM", lambda p: p.value("ADSL", "AGE", 17.0), "PREDECESSOR"),
        (a, "data: ADRS has another arm than ADSL", lambda p: p.value("ADRS", "TRT01P", "B"), "PREDECESSOR"),
        (a, "data: an adverse event has another term than AE", lambda p: p.value("ADAE", "AEDECOD", "Other"), "PREDECESSOR"),
    )]  # fmt: skip


FAULTS = _all()


def kept(define: bytes, names: frozenset[str]) -> bytes:
    """A define with these datasets alone, and what they refer to."""
    root = etree.fromstring(define)
    for group in list(root.iter(f"{ODM}ItemGroupDef")):
        if group.get("Name") not in names:
            drop(group)
    for tag in (f"{DEF}ValueListDef", f"{DEF}WhereClauseDef"):
        for element in list(root.iter(tag)):
            owner = re.match(r"(?:VL|WC)\.(\w+)\.", element.get("OID", ""))
            if owner and owner[1] not in {*names, "AR"}:
                drop(element)
    for tag in ("ItemDef", "CodeList", "MethodDef"):
        _unused(root, f"{ODM}{tag}")
    _unused(root, f"{DEF}CommentDef")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _unused(root: etree._Element, tag: str) -> None:
    named = {
        v for e in root.iter("*") for k, v in e.attrib.items() if k.endswith("OID") and k != "OID"
    }
    for element in list(root.iter(tag)):
        if element.get("OID") not in named:
            drop(element)
