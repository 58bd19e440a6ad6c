"""Every contract of a spec, kept and broken, on three records."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cdisc_hai.conform import check_frame, dataset_schema
from cdisc_hai.findings import Finding
from tests.conform.drawn import ADXX, NAN, SUPP, XX, dataset, study, supp, variable, xx

LINES = pd.Series(["xx.csv:2", "xx.csv:10;xx.csv:3", "xx.csv:4"])
LONG = "x" * 200


def one(frame: pd.DataFrame, **more: Any) -> Finding:
    found = check_frame(study(**more), XX, frame, sources=LINES)
    assert len(found) == 1, found
    return found[0]


def brief(frame: pd.DataFrame) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(f.rule, f.variable, f.rows) for f in check_frame(study(), XX, frame)]


def test_records_that_keep_every_contract_give_no_finding() -> None:
    assert check_frame(study(), XX, xx()) == ()


def test_a_frame_without_records_gives_no_finding() -> None:
    assert check_frame(study(), XX, xx().iloc[:0]) == ()


def test_a_finding_says_what_is_wrong_with_its_record_raw_line_spec_line_and_remedy() -> None:
    assert one(xx(XXYN=["Y", "MAYBE", ""])) == Finding(
        rule="CONTRACT-TERM",
        severity="error",
        message="'MAYBE' is no term of codelist NY (Y, N)",
        dataset="XX",
        variable="XXYN",
        sources=("xx.csv:3", "xx.csv:10"),
        rows=(2,),
        spec="specs/xxyn.yaml:1",
        mend="use one of its terms, or add the term at specs/codelists.yaml:3",
    )


def test_one_value_is_one_finding_with_all_its_records() -> None:
    found = check_frame(study(), XX, xx(XXYN=["?", "!", "?"]))
    assert [(f.message[:3], f.rows) for f in found] == [("'?'", (1, 3)), ("'!'", (2,))]


def test_rows_are_counted_from_1_whatever_the_index() -> None:
    frame = xx(XXYN=["Y", "MAYBE", ""]).set_axis([70, 80, 90])
    found = check_frame(study(), XX, frame, sources=LINES.set_axis([70, 80, 90]))
    assert [(f.rows, f.sources) for f in found] == [((2,), ("xx.csv:3", "xx.csv:10"))]


@pytest.mark.parametrize(
    ("rule", "changed", "variable", "rows"),
    [
        ("CONTRACT-REQUIRED", {"XXTEST": ["Test A", "", "Test A"]}, "XXTEST", (2,)),
        ("CONTRACT-REQUIRED", {"XXSEQ": [1.0, NAN, 1.0]}, "XXSEQ", (2,)),
        ("CONTRACT-TYPE", {"XXORRES": ["5", np.nan, ""]}, "XXORRES", (2,)),
        ("CONTRACT-TYPE", {"XXORRES": pd.Series(["5", 6, ""], dtype=object)}, "XXORRES", (2,)),
        ("CONTRACT-TYPE", {"XXORRES": [5.0, 6.0, 7.0]}, "XXORRES", ()),
        ("CONTRACT-TYPE", {"XXSTRESN": pd.Series([5.0, "6", NAN], dtype=object)}, "XXSTRESN", (2,)),
        ("CONTRACT-TYPE", {"XXSTRESN": ["5", "6", "7"]}, "XXSTRESN", ()),
        ("CONTRACT-TYPE", {"XXSTRESN": [True, False, True]}, "XXSTRESN", ()),
        ("CONTRACT-BLANK", {"XXORRES": ["5", " 6", ""]}, "XXORRES", (2,)),
        ("CONTRACT-LENGTH", {"XXORRES": ["5", LONG + "x", ""]}, "XXORRES", (2,)),
        ("CONTRACT-DATE", {"XXDTC": ["2023", "2023-02-30", ""]}, "XXDTC", (2,)),
        ("CONTRACT-WHOLE", {"XXDY": [1.0, 1.5, NAN]}, "XXDY", (2,)),
        ("CONTRACT-DAY-ZERO", {"XXDY": [1.0, 0.0, NAN]}, "XXDY", (2,)),
        ("CONTRACT-DOMAIN", {"DOMAIN": ["XX", "YY", "XX"]}, "DOMAIN", (2,)),
        ("CONTRACT-SEQ", {"XXSEQ": [1.0, 1.0, 1.0]}, "XXSEQ", (1, 2)),
        ("CONTRACT-KEY", {"XXTESTCD": "A", "XXDTC": "2023"}, "", (1, 2)),
    ],
)
def test_a_broken_contract_is_told_with_its_variable_and_records(
    rule: str, changed: dict[str, Any], variable: str, rows: tuple[int, ...]
) -> None:
    assert brief(xx(**changed)) == [(rule, variable, rows)]


def test_a_text_of_200_bytes_is_not_too_long() -> None:
    assert brief(xx(XXORRES=["5", LONG, ""])) == []


def test_bytes_are_counted_in_the_encoding_of_the_study() -> None:
    frame = xx(XXORRES=["肝" * 67, "肝" * 66, ""])  # 201 and 198 bytes in UTF-8, 134 in GB 18030
    assert one(frame).rows == (1,)
    assert check_frame(study(encoding="gb18030"), XX, frame) == ()


def test_texts_may_be_of_the_string_or_the_object_dtype() -> None:
    names = ["XXORRES", "XXYN", "XXDTC"]
    assert brief(xx().astype(dict.fromkeys(names, object))) == []
    assert brief(xx().astype(dict.fromkeys(names, "string"))) == []


def test_numbers_may_be_whole_or_nullable() -> None:
    assert brief(xx(XXSEQ=[1, 2, 1], XXSTRESN=pd.array([5.0, None, 6.5], "Float64"))) == []


def test_a_number_is_held_against_a_codelist_of_numbers() -> None:
    frame = pd.DataFrame(
        {
            "USUBJID": ["S-1", "S-2", "S-3"],
            "PARAMCD": "P",
            "PARAM": "Parameter",
            "ADT": [23000.0, NAN, 23000.5],
            "AGRADE": [1.0, 3.0, NAN],
        }
    )
    found = check_frame(study(), ADXX, frame)
    assert [(f.rule, f.variable, f.rows, f.message) for f in found] == [
        ("CONTRACT-TERM", "AGRADE", (2,), "3 is no term of codelist GRADE (1, 2)"),
        ("CONTRACT-WHOLE", "ADT", (3,), "23000.5 is no whole number"),
    ]


def test_a_column_that_the_spec_does_not_have_is_told_with_the_nearest_that_it_has() -> None:
    found = one(xx().assign(XXTEST1="x"))
    assert (found.rule, found.variable) == ("CONTRACT-COLUMN", "XXTEST1")
    assert found.message == "column XXTEST1 is not in the spec; did you mean 'XXTEST'?"


def test_lineage_is_no_column_of_the_dataset() -> None:
    assert brief(xx().assign(**{"@src": "xx.csv:2", "@from.XXDY": "DM:1"})) == []


def test_an_expected_variable_must_be_there_and_an_empty_permissible_one_need_not() -> None:
    assert brief(xx().drop(columns="XXORRES")) == [("CONTRACT-COLUMN", "XXORRES", ())]
    assert brief(xx().drop(columns="XXLOC")) == []
    with pytest.raises(Exception, match="XXLOC"):
        dataset_schema(study(), XX, dropped_allowed=False).validate(xx().drop(columns="XXLOC"))


def test_a_key_that_is_not_there_is_told_once_as_a_column() -> None:
    frame = xx(XXTESTCD="A", XXDTC="2023").drop(columns="XXDTC")
    assert brief(frame) == [("CONTRACT-COLUMN", "XXDTC", ())]


def test_a_column_twice_is_told() -> None:
    frame = pd.concat([xx(), xx()[["XXLOC"]]], axis="columns")
    assert brief(frame) == [("CONTRACT-COLUMN", "XXLOC", ())]


def test_another_order_of_columns_is_told_once_with_the_first_that_stands_wrong() -> None:
    names = [c for c in xx().columns if c != "XXTEST"]
    assert brief(xx()[[*names, "XXTEST"]]) == [("CONTRACT-ORDER", "XXORRES", ())]


def test_variables_that_are_not_written_are_not_asked_for() -> None:
    hidden = replace(XX.variables[-1], name="_HELP", keep=False)
    assert check_frame(study(), replace(XX, variables=(*XX.variables, hidden)), xx()) == ()


def test_rdomain_is_the_parent_of_the_dataset() -> None:
    spec = replace(SUPP, name="SUPPXX")
    assert check_frame(study(), spec, supp()) == ()
    found = check_frame(study(), spec, supp(RDOMAIN=["XX", "DM"]))
    assert [(f.rule, f.rows) for f in found] == [("CONTRACT-DOMAIN", (2,))]


def test_checks_of_the_schema_are_named_by_their_rules() -> None:
    names = {check.name for check in dataset_schema(study(), XX).columns["XXDY"].checks}
    assert names == {"CONTRACT-TYPE", "CONTRACT-WHOLE", "CONTRACT-DAY-ZERO"}


def test_a_setting_of_the_machine_does_not_turn_checks_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from pandera.config import CONFIG  # noqa: PLC0415  # the setting belongs to this test alone

    monkeypatch.setattr(CONFIG, "validation_enabled", False)
    assert brief(xx(DOMAIN=["XX", "YY", "XX"])) == [("CONTRACT-DOMAIN", "DOMAIN", (2,))]


def test_importing_the_room_does_not_import_pandera() -> None:
    code = "import sys, cdisc_hai.conform; sys.exit('pandera' in sys.modules)"
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=found, check=False).returncode == 0


def test_a_comment_and_a_relationship_may_name_the_domains_of_others() -> None:
    for name in ("CO", "RELREC"):
        spec = dataset(name, ("RDOMAIN",), variable("RDOMAIN", core="Req"))
        assert check_frame(study(), spec, pd.DataFrame({"RDOMAIN": ["AE", "LB"]})) == ()
