"""Derived and investigator's responses side by side, from the example and from drawn SDTM."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cdisc_hai.build.course_of import cells
from cdisc_hai.build.place import OutputError
from cdisc_hai.build.reconcile import NoSuchSubject, Reconciled, reconcile, show
from cdisc_hai.cli import main
from cdisc_hai.derive.lesion_tables import NEW, NONTARGET, TARGET
from cdisc_hai.errors import SpecError
from cdisc_hai.recist.rows import NonTargetCode, TargetCode
from tests.build import exports

COMPARED = (
    "USUBJID", "VISITNUM", "AVISIT", "OVR", "DOVR", "TRGRESP", "NTRGRESP", "NEW", "SUM", "NADIR",
    "BASE",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reconciled") / "differences.html"


@pytest.fixture(scope="module")
def found(built: tuple[Path, object], page: Path) -> Reconciled:
    return reconcile(sdtm=built[0] / "sdtm", html=page)


def told(found: Reconciled, subject: str) -> list[dict[str, object]]:
    return [d for d in found.as_json()["differences"] if d["USUBJID"] == subject]


@pytest.mark.shared
def test_every_difference_is_listed_with_the_figures_that_decide(found: Reconciled, shared: Path):
    with (shared / "study/expected/disagreements.csv").open(encoding="utf-8-sig") as file:
        theirs = [tuple(row[name] for name in COMPARED) for row in csv.DictReader(file)]
    ours = [
        tuple(f"{d[n]:g}" if isinstance(d[n], float) else str(d[n]) for n in COMPARED)
        for d in found.as_json()["differences"]
    ]
    assert sorted(ours) == sorted(theirs)
    assert found.differences == len(theirs)


def test_a_difference_says_the_rule_in_words_and_figures(found: Reconciled) -> None:
    # 45.7 mm are 30 % below 87.2 mm, and not 20 % above 42.5 mm
    (one,) = told(found, "HAI-CRLM-01-0008")
    assert (one["AVISIT"], one["OVR"], one["DOVR"]) == ("TUMOUR ASSESSMENT WEEK 40", "SD", "PR")
    assert one["reason"] == (
        "sum 45.7 mm, baseline 87.2 mm: -47.6 %, -41.5 mm; nadir 42.5 mm: +7.5 %, +3.2 mm: PR; "
        "non-target NT01 present: NON-CR/NON-PD; overall PR"
    )


def test_a_difference_names_the_lines_of_its_lesions_and_of_its_response(
    found: Reconciled,
) -> None:
    (one,) = told(found, "HAI-CRLM-01-0008")
    for form, name in (("tl", "sources"), ("ntl", "sources"), ("resp", "response_sources")):
        rows = exports.read(exports.EXAMPLE / f"{form}.csv")
        mine = {
            f"{form}.csv:{number}"
            for number, row in enumerate(rows, 2)
            if (row["siteid"], row["subjid"], row["visit"]) == ("01", "0008", one["AVISIT"])
            and row["recordactive"] == "1"
        }
        assert mine and mine == {line for line in one[name] if line.startswith(f"{form}.csv")}
    # the sum at baseline, and the visit of the smallest sum before
    nadir = "TUMOUR ASSESSMENT WEEK 24"
    assert set(one["compared"]) == {
        f"{form}.csv:{number}"
        for form, visits in (("tl", ("SCREENING", nadir)), ("ntl", (nadir,)))
        for number, row in enumerate(exports.read(exports.EXAMPLE / f"{form}.csv"), 2)
        if (row["siteid"], row["subjid"]) == ("01", "0008")
        and row["visit"] in visits
        and row["recordactive"] == "1"
    }


def test_an_equivocal_lesion_that_is_confirmed_later_is_a_difference_at_its_first_visit(
    found: Reconciled,
) -> None:
    (one,) = told(found, "HAI-CRLM-01-0005")
    assert [lesion["visit"] for lesion in one["lesions"]] == ["0", "gone", "equivocal"]
    assert (one["OVR"], one["DOVR"], one["NEW"]) == ("CR", "PD", "Y")


def test_the_page_shows_each_difference_once_and_loads_nothing(
    found: Reconciled, page: Path, built: tuple[Path, object]
) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count('<div class="differ"') == found.differences
    assert "http" not in text.replace("http-equiv", "")
    again = page.with_name("again.html")
    reconcile(sdtm=built[0] / "sdtm", html=again)
    assert again.read_bytes() == page.read_bytes()


def test_a_subject_is_drawn_with_its_lesions_by_visit(built: tuple[Path, object]) -> None:
    course = show(sdtm=built[0] / "sdtm", subject="01-0005")
    assert [lesion.title for lesion in course.lesions] == ["T01 liver", "NT01 liver", "NL01 lung"]
    assert [visit.cells for visit in course.visits][:3] == [
        ("18", "present", "-"),
        ("9", "present", "-"),
        ("0", "gone", "-"),
    ]
    assert [visit.derived for visit in course.visits] == ["", "PR", "CR", "CR", "PD", "PD"]
    assert course.visits[1].from_baseline == "-50.0 %"


def test_fragments_are_drawn_as_their_sum_and_a_merged_lesion_as_merged() -> None:
    # T01 fell apart into 8 and 4.5 mm, T02 went into it; a state without a size gives way to one
    measured, merged = int(TargetCode.MEASURED), int(TargetCode.MERGED)
    unseen, present = int(TargetCode.NOT_EVALUABLE), int(NonTargetCode.PRESENT)
    columns = ["key", "role", "state", "size", "fragment", "visit", "equivocal"]
    rows = pd.DataFrame(
        [
            ("1", TARGET, measured, 800, True, "WEEK 8", False),
            ("1", TARGET, measured, 450, True, "WEEK 8", False),
            ("2", TARGET, merged, -1, False, "WEEK 8", False),
            ("3", TARGET, unseen, -1, False, "WEEK 8", False),
            ("3", TARGET, measured, 1100, False, "WEEK 8", False),
            ("4", NONTARGET, present, -1, False, "WEEK 8", False),
            ("5", NEW, -1, -1, False, "WEEK 8", True),
        ],
        columns=columns,
    )
    assert cells(rows, [*"123456"]) == ("12.5", "merged", "11", "present", "equivocal", "-")


def test_a_subject_that_is_not_there_or_not_one_alone_is_told(
    built: tuple[Path, object],
) -> None:
    for name, told in (
        ("99-9999", "none of the 102 assessed subjects ends with '99-9999'"),
        ("0001", "10 subjects end with '0001': HAI-CRLM-01-0001, .* ...; name one of them"),
    ):
        with pytest.raises(NoSuchSubject, match=told):
            show(sdtm=built[0] / "sdtm", subject=name)


def test_a_page_that_cannot_be_written_is_told(built: tuple[Path, object], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"page\.html: .*; make room there, or name another"):
        reconcile(sdtm=built[0] / "sdtm", html=tmp_path / "file" / "page.html")


def test_the_commands_leave_with_16_where_there_are_differences(
    built: tuple[Path, object], tmp_path: Path
) -> None:
    words = ["recist", "reconcile", "--sdtm", str(built[0] / "sdtm")]
    listed = CliRunner().invoke(main, words)
    assert listed.exit_code == 16, listed.output
    assert "HAI-CRLM-05-0009  2025-06-20  TUMOUR ASSESSMENT WEEK 48" in listed.output
    assert "sum 37.4 mm, nadir 31.1 mm: +20.3 %, +6.3 mm: PD" in listed.output
    asked = CliRunner().invoke(main, [*words, "--json"])
    assert json.loads(asked.stdout)["differences"]
    drawn = CliRunner().invoke(main, ["recist", "show", *words[2:], "HAI-CRLM-01-0005"])
    assert drawn.exit_code == 0
    assert "INVESTIGATOR" in drawn.output and "CR *" in drawn.output


def test_specs_that_derive_no_response_are_told_what_is_missing(
    built: tuple[Path, object], tiny_specs
) -> None:
    with pytest.raises(SpecError, match="lesion_responses"):
        reconcile(sdtm=built[0] / "sdtm", specs=tiny_specs())
