"""How many records of each domain come from which form, and that each can be traced."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cdisc_hai.build.tracing import trace
from tests.build import exports

DESIGN = ("TA", "TE", "TI", "TV", "RELREC")


def by_form(folder: Path, domain: str) -> Counter[str]:
    """Records of a domain by the form that they were made of."""
    with (folder / "lineage" / "sdtm" / f"{domain.lower()}.csv").open(encoding="utf-8") as file:
        made = {(r["row"], r["source"]) for r in csv.DictReader(file) if r["how"] == "made of"}
    return Counter(source.split(".")[0] for _, source in made)


@pytest.fixture(scope="module")
def domains(shared: Path) -> Any:
    return json.loads((shared / "study/expected/counts.json").read_text())["domains"]


@pytest.mark.shared
def test_records_by_form_agree_with_the_rule_of_counting(built, domains):
    ours = {name: by_form(built[0], name) for name in ("MH", "PR", "CM", "DS")}
    assert ours["MH"]["mh"] == domains["MH"]
    for name in ("PR", "CM", "DS"):
        named = {form: n for form, n in domains[name].items() if form != "total"}
        assert {form: ours[name][form] for form in named} == named
    # what the figures there do not name: the diagnosis and the resection of the primary tumour
    assert set(ours["MH"]) == {"mh", "diag"}
    assert set(ours["PR"]) == {"haip", "surg", "diag"}
    assert set(ours["CM"]) == {"cm", "pact"}
    assert set(ours["DS"]) == {"ic", "rand", "eot", "eos"}


@pytest.mark.shared
def test_domains_of_one_form_have_the_records_that_the_rule_counts(built, domains):
    records = {d.name: d.records for d in built[1].datasets}
    for name in ("DM", "EX", "AE", "TU", "LB"):
        assert records[name] == domains[name], name
    assert records["TR"] == domains["TR"]["total_without_sums"]


@pytest.mark.shared
def test_responses_and_measurements_are_as_many_as_the_rule_counts(built, domains):
    rs = exports.read_xpt(built[0] / "sdtm" / "rs.xpt")
    done = Counter(rs.loc[rs["RSSTAT"] == "", "RSTESTCD"])
    tests = ("OVRLRESP", "TRGRESP", "NTRGRESP", "NEWLPROG")
    assert {name: done[name] for name in tests} == {name: domains["RS"][name] for name in tests}
    assert (rs["RSSTAT"] == "NOT DONE").sum() == domains["RS"]["not_done_rows"]
    ec = exports.read_xpt(built[0] / "sdtm" / "ec.xpt")
    assert (ec["ECOCCUR"] == "N").sum() == domains["EX_records_with_dose_0"]
    tr = exports.read_xpt(built[0] / "sdtm" / "tr.xpt")
    diameters = tr[tr["TRTESTCD"].isin(["LDIAM", "DIAMETER"])]
    assert len(diameters) == domains["TR"]["diameter_records_one_per_tl_row"]
    assert diameters["TRSTRESN"].notna().sum() == domains["TR"]["of_these_with_a_value"]


def test_every_record_of_every_domain_traces_to_the_export_or_to_the_specs(few_built):
    folder = few_built
    names = sorted(path.stem.upper() for path in (folder / "sdtm").glob("*.xpt"))
    assert {"AE", "CO", "DM", "GF", "LB", "SUPPEC", "TS", *DESIGN} <= set(names)
    for name in names:
        records = trace(folder, name)
        assert len(records) == len(exports.read_xpt(folder / "sdtm" / f"{name.lower()}.xpt"))
        if name not in (*DESIGN, "TS"):
            assert all(record.lines() for record in records), name
        assert all(record.specs for record in records), name
