"""What the protocol asks where the data are odd: one build of a few subjects, one oddity each."""

from pathlib import Path

import pytest

from cdisc_hai.build.result import BuildResult
from cdisc_hai.build.study import build_study
from tests.build import exports

PARTIAL, NO_ARM, STRANGE_ARM, NO_DAY, ANSWERS, DEAD, EARLY = (
    "HAI-CRLM-" + name
    for name in ("12-0001", "05-0001", "05-0002", "07-0001", "02-0001", "01-0001", "07-0002")
)
SPLIT, NO_FOLDER = "HAI-CRLM-05-0004", "HAI-CRLM-12-0002"
CHANGES = {
    ("rand", "1000004"): {"randdat": "UN APR 2025"},
    ("rand", "1003004"): {"randarm": ""},
    ("rand", "1004504"): {"randarm": "77"},
    ("rand", "1006004"): {"randdat": ""},
    ("resp", "1007728"): {"rsovr": "8"},
    ("resp", "1007729"): {"rsovr": ""},
    ("death", "1012072"): {"dddat": "UN UNK 2020"},
    ("death", "1013816"): {"dddat": "01 JUL 2024"},
    ("chemo", "1000175"): {"exbsa": ""},
    ("tl", "1010622"): {"tlid": "T01.1"},
    ("surg", "1000248"): {"sudat": "UN JUL 2025"},
    ("ned", "1015253"): {"nddat": "UN FEB 2025"},
    ("tl", "1015226"): {"visit": "", "visitnum": ""},
    ("tl", "1015227"): {"tldat": ""},
    ("tl", "1015228"): {"tldat": ""},
}
# Rows more, each like the row of that record but for what is said.
MORE = {
    ("tl", "1010622"): {"recordid": "9000001", "tlid": "T01.2", "tldiam": "0.8", "tldiamu": "cm"}
}


@pytest.fixture(scope="module")
def odd(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, BuildResult]:
    """The changed export, the folder of its build, and the result."""
    folder = tmp_path_factory.mktemp("odd")

    def change(form: str, rows: list[exports.Row]) -> list[exports.Row]:
        changed = [{**row, **CHANGES.get((form, row["recordid"]), {})} if "recordid" in row else row
                for row in rows]  # fmt: skip
        more = [{**row, **MORE[form, row["recordid"]]} for row in rows
                if (form, row.get("recordid")) in MORE]  # fmt: skip
        return changed + more

    raw = exports.copy(folder / "raw", change, source=few_raw)
    return raw, folder / "out", build_study(raw=raw, out=folder / "out")


def subject(odd, name: str, usubjid: str) -> list[exports.Row]:
    frame = exports.read_xpt(odd[1] / f"{name}.xpt")
    return frame[frame["USUBJID"] == usubjid].to_dict("records")


def told(odd, rule: str) -> set[tuple[str, str]]:
    """The severity and the raw line of each finding of a rule."""
    return {(f.severity, s) for f in odd[2].findings if f.rule == rule for s in f.sources}


def line(odd, form: str, record: str) -> str:
    rows = exports.read(odd[0] / f"{form}.csv")
    return f"{form}.csv:{[row['recordid'] for row in rows].index(record) + 2}"


def test_a_subject_with_a_partial_randomisation_date_is_randomised_without_randdt(odd):
    (dm,) = subject(odd, "sdtm/dm", PARTIAL)
    (adsl,) = subject(odd, "adam/adsl", PARTIAL)
    assert (dm["ARMCD"], dm["ACTARMCD"], dm["ARMNRS"]) == ("SYS", "SYS", "")
    assert (adsl["FASFL"], adsl["TRT01P"], exports.iso(adsl["RANDDT"])) == ("Y", "SYS", "")
    finding = ("error", line(odd, "rand", "1000004"))
    assert told(odd, "DM-RANDOMISATION-WITHOUT-DAY") == {finding}


def test_without_randdt_the_best_response_is_missing_and_no_time_from_randomisation_is_there(odd):
    best = {r["PARAMCD"]: r["AVALC"] for r in subject(odd, "adam/adrs", PARTIAL) if r["PARAMCD"] != "OVR"}  # fmt: skip
    assert {code: best[code] for code in ("BOR", "CBOR", "RSP", "CRSP")} == {
        "BOR": "MISSING",
        "CBOR": "MISSING",
        "RSP": "N",
        "CRSP": "N",
    }
    times = {row["PARAMCD"] for row in subject(odd, "adam/adtte", PARTIAL)}
    assert "OS" in times
    assert "PFS" not in times


@pytest.mark.parametrize(
    ("usubjid", "record"), [(NO_ARM, "1003004"), (STRANGE_ARM, "1004504")], ids=["none", "unknown"]
)
def test_a_treated_subject_randomised_to_no_known_arm_is_not_assigned(odd, usubjid, record):
    (dm,) = subject(odd, "sdtm/dm", usubjid)
    arms = ("ARMCD", "ARM", "ACTARMCD", "ACTARM", "ARMNRS")
    assert [dm[name] for name in arms] == ["", "", "", "", "NOT ASSIGNED"]
    assert subject(odd, "adam/adsl", usubjid)[0]["FASFL"] == "Y"
    assert ("error", line(odd, "rand", record)) in told(odd, "DM-RANDOMISED-WITHOUT-ARM")


def test_a_treated_subject_whose_randomisation_has_no_date_was_never_randomised(odd):
    (dm,) = subject(odd, "sdtm/dm", NO_DAY)
    assert (dm["ARMCD"], dm["ARMNRS"]) == ("", "UNPLANNED TREATMENT")
    assert subject(odd, "adam/adsl", NO_DAY)[0]["FASFL"] == "N"
    finding = ("error", line(odd, "rand", "1006004"))
    assert told(odd, "DM-RANDOMISATION-WITHOUT-DATE") == {finding}


def test_a_finding_on_the_date_of_death_names_the_line_of_the_death_form(odd):
    finding = ("error", line(odd, "death", "1012072"))
    assert told(odd, "DM-DEATH-WITHOUT-DATE") == {finding}


def test_dead_with_neither_a_date_of_death_nor_a_date_alive_is_an_error(odd):
    (adsl,) = subject(odd, "adam/adsl", DEAD)
    assert (adsl["DTHFL"], exports.iso(adsl["DTHDT"]), exports.iso(adsl["LSTALVDT"])) == (
        "Y",
        "",
        "",
    )
    assert {s for s, _ in told(odd, "ADSL-DEATH-WITHOUT-ANY-DATE")} == {"error"}


@pytest.mark.parametrize(
    ("rule", "form", "record"),
    [
        ("DM-AFTER-DEATH", "dm", "1013502"),
        ("DS-AFTER-DEATH", "ic", "1013501"),
        ("DS-AFTER-DEATH", "rand", "1013504"),
    ],
)
def test_dates_after_death_are_told_by_their_own_lines(odd, rule, form, record):
    assert ("warning", line(odd, form, record)) in told(odd, rule)


def test_not_applicable_and_empty_are_no_assessments_and_are_told(odd):
    dates = [
        exports.iso(row["ADT"])
        for row in subject(odd, "adam/adrs", ANSWERS)
        if row["PARAMCD"] == "OVR"
    ]
    assert dates == ["2024-05-18"]
    finding = ("warning", line(odd, "resp", "1007728"))
    assert told(odd, "RS-RESPONSE-NOT-APPLICABLE") == {finding}
    assert ("error", line(odd, "resp", "1007729")) in told(odd, "RS-RESPONSE-WITHOUT-RESULT")


def test_a_dose_intensity_that_lacks_a_body_surface_area_is_missing_and_told(odd):
    """One infusion of oxaliplatin has none; the other drugs of the subject keep theirs."""
    known = {
        row["EXTRT"]: row["AVAL"] == row["AVAL"]
        for row in subject(odd, "adam/adex", PARTIAL)
        if row["PARAMCD"] == "DI"
    }
    assert known.pop("OXALIPLATIN") is False
    assert known
    assert all(known.values())
    assert ("warning", line(odd, "chemo", "1000175")) in told(odd, "ADEX-NO-INTENSITY")


def test_what_a_target_lesion_fell_apart_into_is_added(odd):
    """T01 of 40 mm is T01.1 (24.0 mm) and T01.2 (0.8 cm) at week 8, beside T02 of 30, then 18."""
    rows = {(r["PARAMCD"], r["LESION"], r["AVISITN"]): r for r in subject(odd, "adam/adtr", SPLIT)}
    assert rows["LDIAM", "T01", 108]["AVAL"] == 32
    assert rows["SUMDIAM", "", 108]["AVAL"] == 50
    (derived,) = (r for r in subject(odd, "adam/adrs", SPLIT) if r["PARAMCD"] == "DOVR")
    assert (derived["AVISITN"], derived["TRGRESP"]) == (108, "SD")
    assert told(odd, "TR-LESION-NOT-DEFINED") == set()


def test_a_lesion_in_no_folder_is_told_and_makes_no_visit(odd):
    """T01 of week 16 has no folder: that visit lacks it, and there is none of its own."""
    derived = {r["AVISIT"]: r for r in subject(odd, "adam/adrs", NO_FOLDER) if r["PARAMCD"] == "DOVR"}  # fmt: skip
    assert derived["TUMOUR ASSESSMENT WEEK 16"]["TRGRESP"] == "NE"
    assert [name for name in derived if "WEEK" not in name] == []
    assert told(odd, "TR-WITHOUT-VISIT") == {("error", line(odd, "tl", "1015226"))}


def test_responses_are_after_a_baseline_without_a_date(odd):
    (adsl,) = subject(odd, "adam/adsl", NO_FOLDER)
    assert (adsl["MEASFL"], exports.iso(adsl["BASELDT"]), adsl["RESPEVFL"]) == ("Y", "", "Y")


@pytest.mark.parametrize(
    ("rule", "severity", "form", "record"),
    [
        ("PR-SURGERY-WITHOUT-DAY", "error", "surg", "1000248"),
        ("RS-NED-WITHOUT-DAY", "warning", "ned", "1015253"),
    ],
)
def test_what_leaves_an_endpoint_uncertain_is_told_by_its_line(odd, rule, severity, form, record):
    assert told(odd, rule) == {(severity, line(odd, form, record))}
