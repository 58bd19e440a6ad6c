"""The build order follows what the specs read, whatever their order in the files."""

from __future__ import annotations

from collections.abc import Callable
from graphlib import CycleError

import pytest

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.reads import cycle_of, ordered
from cdisc_hai.order import adam_order, row_order, sdtm_order
from tests.conftest import TINY_SPECS

Loads = Callable[..., Study]

DM = TINY_SPECS["sdtm/dm.yaml"]
FIRST_SEEN = """\
  - name: RFSTDTC
    label: Reference Start
    type: partialDate
    map: {op: earliest, sources: [{dataset: VS, date: VSDTC}]}
"""
DAY = """\
  - name: VSDY
    label: Study Day
    type: integer
    map: {op: study_day, variable: VSDTC, reference: DM.RFSTDTC}
"""


def _before(order: tuple[str, ...], first: str, second: str) -> bool:
    return order.index(first) < order.index(second)


def test_records_come_before_the_variables_made_of_the_whole_dataset(tiny_study: Loads) -> None:
    assert sdtm_order(tiny_study()) == ("DM", "VS", "VS.VSSEQ")


def test_a_variable_waits_for_the_datasets_and_the_variables_that_it_reads(
    tiny_study: Loads,
) -> None:
    vs = TINY_SPECS["sdtm/vs.yaml"] + DAY
    order = sdtm_order(tiny_study({"sdtm/dm.yaml": DM + FIRST_SEEN, "sdtm/vs.yaml": vs}))
    assert _before(order, "VS", "DM.RFSTDTC")
    assert _before(order, "DM.RFSTDTC", "VS.VSDY")


def test_records_made_of_another_dataset_wait_for_it_and_for_what_they_read_of_it(
    tiny_study: Loads,
) -> None:
    extra = """\
dataset: XA
label: Of DM
class: HELPER
structure: One record per subject
keys: [USUBJID]
submit: false
records: {seen: {dataset: DM, where: {RFSTDTC: {is: present}}}}
variables:
  - {name: USUBJID, label: Subject, map: {op: assign, column: USUBJID}}
"""
    order = sdtm_order(tiny_study({"sdtm/dm.yaml": DM + FIRST_SEEN, "sdtm/a.yaml": extra}))
    assert _before(order, "DM.RFSTDTC", "XA")


def test_a_sequence_waits_for_the_keys_that_it_orders_by(tiny_study: Loads) -> None:
    text = TINY_SPECS["sdtm/vs.yaml"].replace("VSDTC]", "VSFL]")
    flag = "  - {name: VSFL, label: Flag, map: {op: exists, dataset: DM}}\n"
    order = sdtm_order(tiny_study({"sdtm/vs.yaml": text + flag}))
    assert _before(order, "VS.VSFL", "VS.VSSEQ")


def test_variables_of_a_record_are_mapped_behind_those_that_they_read(tiny_study: Loads) -> None:
    lines = """\
  - {name: C, label: c, map: {op: copy, variable: B}}
  - {name: B, label: b, map: {op: cases, cases: [{when: {"=A": x}, value: "y"}]}}
  - {name: A, label: a, map: {op: hardcode, value: x}}
"""
    study = tiny_study({"sdtm/dm.yaml": DM + lines})
    order = row_order(study, study.sdtm["DM"])
    assert _before(order, "A", "B")
    assert _before(order, "B", "C")


def test_adam_variables_wait_for_one_another(tiny_study: Loads) -> None:
    adsl = """\
dataset: ADSL
label: Subject-Level Analysis Dataset
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: SEX2, label: Sex again, derive: {op: same_as, variable: SEX}}
  - {name: SEX, label: Sex, derive: {op: copy_of, source: DM.SEX}}
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: DM.USUBJID}}
"""
    order = adam_order(tiny_study({"adam/adsl.yaml": adsl}))
    assert order[0] == "ADSL"
    assert _before(order, "ADSL.SEX", "ADSL.SEX2")


def test_records_of_parameters_wait_for_the_subjects(tiny_study: Loads) -> None:
    adsl = """\
dataset: ADSL
label: Subject-Level Analysis Dataset
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: DM.USUBJID}}
"""
    adrs = """\
dataset: ADRS
label: Responses
class: BASIC DATA STRUCTURE
structure: One record per subject per parameter
keys: [USUBJID]
parameters:
  SEEN: {param: Seen, derive: {op: record_flag, dataset: VS}}
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: ADSL.USUBJID}}
"""
    order = adam_order(tiny_study({"adam/adsl.yaml": adsl, "adam/adrs.yaml": adrs}))
    assert _before(order, "ADSL", "ADRS")


def test_what_waits_for_nothing_stands_by_name() -> None:
    assert ordered({"c": set(), "b": {"c"}, "a": {"c"}}) == ("c", "a", "b")


def test_a_circle_is_told_by_its_nodes_and_stops_the_order() -> None:
    graph = {"a": {"b"}, "b": {"a"}, "c": set()}
    assert set(cycle_of(graph)) == {"a", "b"}
    assert tuple(cycle_of({"a": {"b"}, "b": set()})) == ()
    with pytest.raises(CycleError):
        ordered(graph)
