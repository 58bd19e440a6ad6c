"""Defines of others: where clauses of every kind, shared items, predecessors by their record."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define_check import check_define
from cdisc_hai.submit.define_check.document import DEF, Document
from cdisc_hai.submit.define_check.predecessors import differing
from cdisc_hai.submit.define_check.wheres import matching
from tests.drawn import frame

HEAD = (
    '<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:def="http://www.cdisc.org/ns/def/v2.1"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><Study OID="S"><MetaDataVersion OID="M" '
    'Name="M" def:DefineVersion="2.1.0">'
)
TAIL = "</MetaDataVersion></Study></ODM>"
VS = """
    | USUBJID | VSTESTCD | VSSTRESN |
    | 1       | HR       | 60       |
    | 1       | TEMP     | 37.5     |
    | 2       | HR       |          |
    """
ITEMS = (
    '<ItemGroupDef OID="IG.VS" Name="VS"><ItemRef ItemOID="IT.S"/><ItemRef ItemOID="IT.T"/>'
    '<ItemRef ItemOID="IT.N"/></ItemGroupDef>'
    '<ItemGroupDef OID="IG.DM" Name="DM"><ItemRef ItemOID="IT.S"/><ItemRef ItemOID="IT.C"/>'
    "</ItemGroupDef>"
    '<ItemDef OID="IT.S" Name="USUBJID"/><ItemDef OID="IT.T" Name="VSTESTCD"/>'
    '<ItemDef OID="IT.N" Name="VSSTRESN"/><ItemDef OID="IT.C" Name="COUNTRY"/>'
)


def vital_signs() -> pd.DataFrame:
    found = frame(VS)
    return found.assign(VSSTRESN=pd.to_numeric(found["VSSTRESN"], errors="coerce"))


def rows(*checks: str) -> list[bool] | None:
    """The records of VS that range checks (``item comparator values...``) select."""
    clause = "".join(
        f'<RangeCheck def:ItemOID="{item}" Comparator="{comparator}">'
        + "".join(f"<CheckValue>{value}</CheckValue>" for value in values.split())
        + "</RangeCheck>"
        for item, comparator, values in (check.split(" ", 2) for check in checks)
    )
    text = f'{HEAD}<def:WhereClauseDef OID="W">{clause}</def:WhereClauseDef>{ITEMS}{TAIL}'
    document = Document(text.encode())
    element = next(document.each(f"{DEF}WhereClauseDef"))
    found = matching(document, element, vital_signs(), "VS")
    return None if found is None else found.tolist()


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        (["IT.T EQ HR"], [True, False, True]),
        (["IT.T NE HR"], [False, True, False]),
        (["IT.T IN HR TEMP"], [True, True, True]),
        (["IT.T NOT" + "IN TEMP RESP"], [True, False, True]),
        (["IT.N EQ 37.5"], [False, True, False]),
        (["IT.N EQ 60"], [True, False, False]),
        (["IT.N GT 37.5"], [True, False, False]),
        (["IT.N LE 37.5"], [False, True, False]),
        (["IT.T EQ HR", "IT.S EQ 1"], [True, False, False]),
    ],
)
def test_a_where_clause_selects_the_records_that_meet_all_its_checks(
    checks: list[str], expected: list[bool]
) -> None:
    assert rows(*checks) == expected


def test_a_where_clause_that_asks_another_dataset_is_not_judged() -> None:
    assert rows("IT.T EQ HR", "IT.C EQ CHN") is None


def test_a_variable_that_two_datasets_share_is_that_of_each() -> None:
    document = Document(f"{HEAD}{ITEMS}{TAIL}".encode())
    assert document.owners["IT.S"] == ["VS", "DM"]
    assert [item.get("Name") for _, item in document.variables(document.groups["DM"])] == [
        "USUBJID",
        "COUNTRY",
    ]


def test_a_define_of_version_2_0_is_a_note() -> None:
    old = HEAD.replace("def/v2.1", "def/v2.0") + TAIL
    (finding,) = check_define(old.encode(), {}, Path())
    assert (finding.rule, finding.severity) == ("DEFINE-UNREADABLE", "note")


def test_a_define_that_says_next_to_nothing_is_told_and_breaks_nothing() -> None:
    data = {"VS": XptDataset("VS", "", {}, vital_signs(), {"USUBJID": 1, "VSTESTCD": 4}, {})}
    numbers = ITEMS.replace('"VSSTRESN"', '"VSSTRESN" DataType="float" Length="x"')
    found = check_define(f"{HEAD}{numbers}{TAIL}".encode(), data, Path())
    assert {"DEFINE-CLASS", "DEFINE-DATASET", "DEFINE-TYPE", "DEFINE-KEY", "DEFINE-ORIGIN"} <= {
        f.rule for f in found
    }


COPIED = {
    "one record a subject": (
        """
        | USUBJID | PARAMCD | SEX |
        | 1       | A       | F   |
        | 1       | B       | M   |
        | 2       | A       |     |
        """,
        "SEX", "DM", "SEX",
        """
        | USUBJID | SEX |
        | 1       | F   |
        | 2       |     |
        """,
        [False, True, False],
    ),
    "the sequence number of the source": (
        """
        | USUBJID | AESEQ | AETERM |
        | 1       | 1     | Cough  |
        | 1       | 2     | Cough  |
        """,
        "AETERM", "AE", "AETERM",
        """
        | USUBJID | AESEQ | AETERM |
        | 1       | 1     | Cough  |
        | 1       | 2     | Fever  |
        """,
        [False, True],
    ),
    "the record that SRCSEQ names": (
        """
        | USUBJID | SRCDOM | SRCSEQ | AVAL |
        | 1       | LB     | 2      | 5    |
        | 1       | LB     | 1      | 5    |
        """,
        "AVAL", "LB", "LBSTRESN",
        """
        | USUBJID | LBSEQ | LBSTRESN |
        | 1       | 1     | 4        |
        | 1       | 2     | 5        |
        """,
        [False, True],
    ),
    "one of the subject's values": (
        """
        | USUBJID | AVISIT |
        | 1       | DAY 1  |
        | 2       | DAY 1  |
        | 2       |        |
        """,
        "AVISIT", "SV", "VISIT",
        """
        | USUBJID | VISIT |
        | 1       | DAY 1 |
        | 1       | DAY 2 |
        | 2       | DAY 2 |
        """,
        [False, True, False],
    ),
}  # fmt: skip
NUMBERS = ("AESEQ", "SRCSEQ", "LBSEQ", "AVAL", "LBSTRESN")


def drawn(text: str) -> pd.DataFrame:
    found = frame(text)
    return found.assign(**{n: pd.to_numeric(found[n]) for n in NUMBERS if n in found})


@pytest.mark.parametrize("case", COPIED)
def test_a_copied_value_is_that_of_its_record(case: str) -> None:
    target, variable, dataset, name, source, expected = COPIED[case]
    found = differing(drawn(target), variable, drawn(source), dataset, name)
    assert found.tolist() == expected


def test_a_qualifier_is_looked_up_by_the_parent_record_that_it_names() -> None:
    adae = drawn("""
        | USUBJID | AESEQ | AEREL2 |
        | 1       | 1     | Y      |
        | 1       | 2     | Y      |
        """)
    supp = frame("""
        | USUBJID | RDOMAIN | IDVAR | IDVARVAL | QNAM   | QVAL |
        | 1       | AE      | AESEQ | 1        | AEREL2 | Y    |
        | 1       | AE      | AESEQ | 2        | AEREL2 | N    |
        | 1       | AE      | AESEQ | 2        | OTHER  | Y    |
        """)
    item = (
        '<ItemGroupDef OID="IG" Name="ADAE"><ItemRef ItemOID="I"/></ItemGroupDef>'
        '<ItemDef OID="I" Name="AEREL2"><def:Origin Type="Predecessor" Source="Sponsor"><Description>'
        '<TranslatedText>SUPPAE.QVAL where QNAM = "AEREL2"</TranslatedText></Description>'
        "</def:Origin></ItemDef>"
    )
    data = {"ADAE": XptDataset("ADAE", "", {}, adae)}
    found = check_define(
        f"{HEAD}{item}{TAIL}".encode(), data, Path(), elsewhere={"SUPPAE": supp}.get
    )
    assert [f.rows for f in found if f.rule == "DEFINE-PREDECESSOR"] == [(2,)]
