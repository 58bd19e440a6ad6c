"""Seventy faults planted into the defines and datasets of the example's first subjects."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from cdisc_hai.raw.xpt_file import read_xpt, xpt_paths
from cdisc_hai.submit.define_check import check_define
from tests.build.define_faults import FAULTS, Data, Fault, Planted, kept

NAMES = {
    "sdtm": frozenset({"DM", "AE", "SUPPAE", "MH", "LB", "RS", "TR"}),
    "adam": frozenset({"ADSL", "ADRS", "ADTR", "ADTTE", "ADAE"}),
}


@pytest.fixture(scope="module")
def described(few_built: Path) -> dict[str, tuple[Path, bytes, Data]]:
    """Folder, define and datasets of both standards, cut down to a few datasets."""
    found = {}
    for standard, names in NAMES.items():
        folder = few_built / standard
        read = [read_xpt(p, "utf-8") for p in xpt_paths(folder) if p.stem.upper() in names]
        define = kept((folder / "define.xml").read_bytes(), names)
        found[standard] = (folder, define, {data.name: data for data in read})
    return found


def told(
    described: dict[str, tuple[Path, bytes, Data]], standard: str, define: bytes, data: Data
) -> set[str]:
    """The rules that tell something."""
    sdtm = described["sdtm"][2]
    found = check_define(
        define,
        data,
        described[standard][0],
        elsewhere=lambda name: sdtm[name].frame if name in sdtm else None,
    )
    return {finding.rule for finding in found if finding.severity != "note"}


@pytest.mark.parametrize("standard", NAMES)
def test_without_a_fault_nothing_is_told(described, standard: str) -> None:
    _, define, data = described[standard]
    assert told(described, standard, define, data) == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_each_fault_is_told_by_its_rule(described, fault: Fault) -> None:
    _, define, data = described[fault.standard]
    planted = Planted(define, data)
    fault.plant(planted)
    spoiled = etree.tostring(planted.root, encoding="utf-8")
    assert f"DEFINE-{fault.rule}" in told(described, fault.standard, spoiled, planted.data)


@pytest.mark.parametrize(
    "define",
    [
        b"<ODM",
        b"<ODM/>",
        b'<!DOCTYPE ODM [<!ENTITY x "y">]><ODM>&x;</ODM>',
        b'<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3"><Study/></ODM>',
    ],
)
def test_what_is_no_define_is_told_and_nothing_else(described, define: bytes) -> None:
    assert told(described, "sdtm", define, described["sdtm"][2]) == {"DEFINE-UNREADABLE"}


def test_a_predecessor_that_is_not_at_hand_is_a_note(described) -> None:
    folder, define, data = described["adam"]
    found = check_define(define, data, folder)
    assert {(f.rule, f.severity) for f in found} == {("DEFINE-PREDECESSOR", "note")}
