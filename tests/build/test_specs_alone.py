"""A study changes by its specs alone: a term, a variable, a parameter of a kind that exists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cdisc_hai.build.study import build_study
from tests.build import exports

NEW_VARIABLE = """\
  - name: VSREFID
    label: Reference ID
    type: text
    role: Identifier
    core: Perm
    map: {op: assign, column: "@record"}
"""
NEW_PARAMETER = """\
  DCSD:
    param: Disease Control (CR, PR or SD)
    attributes: {PARCAT1: RECIST 1.1}
    population: {FASFL: Y}
    derive: {op: response_flag, parameter: BOR, values: [CR, PR, SD]}
"""


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def edited(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first subjects built with specs in which five places were edited."""
    place = tmp_path_factory.mktemp("edited")
    specs = shutil.copytree(exports.SPECS, place / "specs")
    _edit(specs / "codelists.yaml", "      LIVER: {code: C12392}", "      HEPAR: {extended: true}")
    _edit(specs / "codelists.yaml", '"1": LIVER', '"1": HEPAR')
    _edit(specs / "sdtm" / "vs.yaml", "  - {use: --SPID}\n", "  - {use: --SPID}\n" + NEW_VARIABLE)
    _edit(specs / "adam" / "adrs.yaml", "\nvariables:\n", f"{NEW_PARAMETER}\nvariables:\n")
    build_study(raw=few_raw, out=place / "out", specs=specs)
    return place / "out"


def test_a_changed_term_changes_the_records_that_have_it(edited: Path, few_built: Path) -> None:
    before = exports.read_xpt(few_built / "sdtm" / "tu.xpt")["TULOC"]
    after = exports.read_xpt(edited / "sdtm" / "tu.xpt")["TULOC"]

    assert (before == "LIVER").any()
    assert list(after) == list(before.replace("LIVER", "HEPAR"))


def test_a_new_variable_takes_one_entry(edited: Path, few_built: Path) -> None:
    before = exports.read_xpt(few_built / "sdtm" / "vs.xpt")
    after = exports.read_xpt(edited / "sdtm" / "vs.xpt")

    assert "VSREFID" not in before
    assert list(after["VSREFID"]) == list(before["VSSPID"])
    assert after.drop(columns="VSREFID").equals(before)


def test_a_new_parameter_of_a_known_kind_takes_one_entry(edited: Path) -> None:
    adrs = exports.read_xpt(edited / "adam" / "adrs.xpt").set_index("USUBJID")
    best = adrs.loc[adrs["PARAMCD"] == "BOR", "AVALC"]
    new = adrs.loc[adrs["PARAMCD"] == "DCSD", "AVALC"]

    controlled = best.isin(["CR", "PR", "SD"]).map({True: "Y", False: "N"})
    assert new.to_dict() == controlled.to_dict()
    assert set(new) == {"Y", "N"}
