"""Contracts between datasets."""

from __future__ import annotations

import pandas as pd
import pytest

from cdisc_hai.conform import related_findings
from tests.conform.drawn import dm, study, supp, xx


def brief(**frames: pd.DataFrame) -> list[tuple[str, str, str, tuple[int, ...]]]:
    found = related_findings(study(), frames)
    return [(f.rule, f.dataset, f.variable, f.rows) for f in found]


def adam(*subjects: str) -> pd.DataFrame:
    return pd.DataFrame({"USUBJID": list(subjects)})


def test_datasets_that_belong_together_give_no_finding() -> None:
    frames = {"DM": dm("S-1", "S-2"), "XX": xx(), "SUPPXX": supp()}
    assert brief(**frames, ADSL=adam("S-1"), ADXX=adam("S-1")) == []


def test_a_subject_that_dm_does_not_have_is_told_with_its_raw_lines() -> None:
    frame = xx().assign(**{"@src": ["xx.csv:2", "xx.csv:3", "xx.csv:4"]})
    (found,) = related_findings(study(), {"DM": dm("S-1"), "XX": frame})
    assert (found.rule, found.dataset, found.rows) == ("CONTRACT-SUBJECT", "XX", (3,))
    assert (found.message, found.sources) == ("'S-2' is not in DM", ("xx.csv:4",))


def test_subjects_of_adam_are_looked_up_in_adsl_and_those_of_adsl_in_dm() -> None:
    assert brief(DM=dm("S-1", "S-9"), ADSL=adam("S-1", "S-2"), ADXX=adam("S-9")) == [
        ("CONTRACT-SUBJECT", "ADSL", "USUBJID", (2,)),
        ("CONTRACT-SUBJECT", "ADXX", "USUBJID", (1,)),
    ]


def test_without_a_list_of_subjects_a_warning_says_that_none_were_looked_up() -> None:
    (found,) = related_findings(study(), {"XX": xx()})
    assert (found.rule, found.severity) == ("CONTRACT-SUBJECT", "warning")
    assert found.message == "there is no DM; subjects of XX were not looked up"


@pytest.mark.parametrize(
    ("changed", "rows"),
    [
        ({"IDVARVAL": ["2", "7"]}, (2,)),
        ({"IDVARVAL": ["", "1"]}, (1,)),
        ({"USUBJID": ["S-1", "S-1"], "IDVARVAL": ["3", "1"]}, (1,)),
        ({"RDOMAIN": ["XX", "ZZ"]}, (2,)),
        ({"IDVAR": ["XXSEQ", "XXNONE"]}, (2,)),
        ({"IDVARVAL": ["2.0", "01"]}, ()),
        ({"IDVAR": ["XXTESTCD", "XXSEQ"], "IDVARVAL": ["B", "1"]}, ()),
        ({"IDVAR": ["", "XXSEQ"], "IDVARVAL": ["", "1"]}, ()),
    ],
)
def test_a_qualifier_points_to_a_record_of_its_subject(
    changed: dict[str, list[str]], rows: tuple[int, ...]
) -> None:
    found = brief(DM=dm("S-1", "S-2"), XX=xx(), SUPPXX=supp(**changed))
    wanted = [("CONTRACT-PARENT", "SUPPXX", "IDVARVAL", rows)] if rows else []
    assert found == wanted


def test_a_qualifier_is_no_variable_of_its_parent() -> None:
    frame = supp(QNAM=["XXLOC", "XXWHY"], QLABEL=["Location", "Reason"])
    parent = xx().drop(columns="XXLOC")  # dropped as empty, but the spec has it
    assert brief(DM=dm("S-1", "S-2"), XX=parent, SUPPXX=frame) == [
        ("CONTRACT-QNAM", "SUPPXX", "QNAM", (1,))
    ]


def test_the_rarer_name_of_a_test_is_at_fault() -> None:
    frame = xx(XXTESTCD=["A", "A", "A"], XXTEST=["Test A", "Test A", "Test Ä"])
    (found,) = related_findings(study(), {"DM": dm("S-1", "S-2"), "XX": frame})
    assert (found.rule, found.variable, found.rows) == ("CONTRACT-ONE-TO-ONE", "XXTEST", (3,))
    assert found.message == (
        "XXTESTCD 'A' stands with XXTEST 'Test Ä'; elsewhere 'A' stands with 'Test A'"
    )


def test_of_two_names_equally_common_both_are_told() -> None:
    frame = supp(QLABEL=["Reason", "Cause"])
    assert brief(DM=dm("S-1", "S-2"), XX=xx(), SUPPXX=frame) == [
        ("CONTRACT-ONE-TO-ONE", "SUPPXX", "QLABEL", (1,)),
        ("CONTRACT-ONE-TO-ONE", "SUPPXX", "QLABEL", (2,)),
    ]


def test_a_visit_has_one_number_over_all_datasets() -> None:
    visits = dm("S-1", "S-2").assign(VISITNUM=[1.0, 3.0], VISIT=["FIRST", "SECOND"])
    found = brief(DM=visits, XX=xx(VISITNUM=[1.0, 2.0, 2.0], VISIT=["FIRST", "SECOND", "SECOND"]))
    assert found == [("CONTRACT-ONE-TO-ONE", "DM", "VISIT", (2,))]


def test_a_parameter_has_one_code() -> None:
    frame = adam("S-1", "S-1", "S-1").assign(
        PARAMCD=["P", "P", "Q"], PARAM=["Parameter", "Parameter", "Parameter"]
    )
    assert brief(DM=dm("S-1"), ADSL=adam("S-1"), ADXX=frame) == [
        ("CONTRACT-ONE-TO-ONE", "ADXX", "PARAM", (3,))
    ]
