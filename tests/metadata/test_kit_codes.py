"""The codelists of both studies against the terminology of the reference folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cdisc_hai.build.specs import study_of
from cdisc_hai.metadata import Codelist

ROOT = Path(__file__).parents[2]
PACKAGES = ("sdtmct-2025-03-28", "adamct-2025-03-28")


@pytest.fixture(scope="module")
def lists(shared: Path) -> dict[str, Any]:
    """CDISC's codelists by their C-code."""
    found = {}
    for name in PACKAGES:
        with gzip.open(shared / "kit/core/data/ct" / f"{name}.json.gz") as file:
            found |= {entry["conceptId"]: entry for entry in json.load(file)["codelists"]}
    return found


def wrong(codelist: Codelist, known: dict[str, Any]) -> list[str]:
    """What of a codelist differs: its own code, whether it may be extended, its terms."""
    cdisc = known.get(codelist.code)
    if cdisc is None:
        return [f"no list {codelist.code}"]
    terms = {term["submissionValue"]: term["conceptId"] for term in cdisc["terms"]}
    said = [] if codelist.extensible == bool(cdisc["extensible"]) else ["extensible"]
    for term in codelist.terms:
        if term.term in terms:
            said += [term.term] if term.code != terms[term.term] or term.extended else []
        elif not term.extended:
            said.append(f"{term.term} is the sponsor's and not marked")
        elif not codelist.extensible and term.term != "MULTIPLE":
            said.append(f"{term.term} extends a list that is not extensible")
    return said


@pytest.mark.shared
@pytest.mark.parametrize("specs", ["specs", "examples/second/specs"])
def test_codes_agree_with_the_terminology_and_extensions_are_marked(
    specs: str, lists: dict[str, Any]
) -> None:
    ours = [codelist for codelist in study_of(ROOT / specs).codelists.values() if codelist.code]
    assert ours
    assert {c.name: told for c in ours if (told := wrong(c, lists))} == {}


@pytest.mark.shared
def test_codes_of_trial_summary_agree_with_the_terminology(lists: dict[str, Any]) -> None:
    (block,) = [b for b in study_of(ROOT / "specs").sdtm["TS"].blocks if b.name == "parameters"]
    coded = [row for row in block.params["entries"] if row.get("TSVCDREF") == "CDISC CT"]
    assert len(coded) > 20
    known = {
        (term["submissionValue"], term["conceptId"])
        for entry in lists.values()
        for term in entry["terms"]
    }
    assert [row for row in coded if (str(row["TSVAL"]), row["TSVALCD"]) not in known] == []
