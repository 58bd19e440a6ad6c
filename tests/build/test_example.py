"""The example export, built whole: results, accounting, lineage, outputs."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyreadstat
import pytest

from cdisc_hai.build.study import build_adam, build_sdtm, build_study
from cdisc_hai.build.tracing import trace
from cdisc_hai.errors import CdiscHaiError, SpecError
from tests.build import exports


def expected(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "study" / "expected" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_every_subject_level_value_is_as_expected(built, shared):
    ours = {
        row["USUBJID"]: row
        for row in exports.read_xpt(built[0] / "adam" / "adsl.xpt").to_dict("records")
    }
    theirs = expected(shared, "adsl.csv")
    assert set(ours) == {row["USUBJID"] for row in theirs}
    days = [
        "RFICDT",
        "RANDDT",
        "TRTSDT",
        "TRTEDT",
        "DTHDT",
        "LSTALVDT",
        "NACTDT",
        "RESECDT",
        "R0DT",
        "NEDDT",
    ]
    flags = ["FASFL", "SAFFL", "RESPEVFL", "R0NEDFL", "DTHFL", "MEASFL"]
    words = {"SCRNFAIL": "", "NOTASSGN": "", "NOTTRT": ""}
    for row in theirs:
        mine = ours[row["USUBJID"]]
        assert {n: exports.iso(mine[n]) for n in days} == {n: row[n] for n in days}
        assert {n: mine[n] or "N" for n in flags} == {n: row[n] for n in flags}
        for name in ("TRT01P", "TRT01A", "ARMNRS", "DTHDTF", "ARMCD", "ACTARMCD"):
            assert mine[name] == words.get(row[name], row[name]), (row["USUBJID"], name)


@pytest.mark.shared
def test_every_response_is_as_expected(built, shared):
    kinds = ("OVR", "DOVR", "BOR", "CBOR", "RSP", "CRSP", "DCR", "R0RES", "NED")
    ours = sorted(
        (
            r["USUBJID"],
            r["PARAMCD"],
            exports.iso(r["ADT"]),
            r["AVISIT"],
            r["AVALC"],
            r["ADTF"],
            r["ANL01FL"],
            r["TRGRESP"],
            r["NTRGRESP"],
            r["NEWLPROG"],
        )
        for r in exports.read_xpt(built[0] / "adam" / "adrs.xpt").to_dict("records")
        if r["PARAMCD"] in kinds
    )
    names = (
        "USUBJID", "PARAMCD", "ADT", "AVISIT", "AVALC", "ADTF", "ANL01FL", "TRGRESP",
        "NTRGRESP", "NEWLPROG",
    )  # fmt: skip
    theirs = sorted(
        tuple(row[name] for name in names)
        for row in expected(shared, "adrs.csv")
        if row["PARAMCD"] in kinds
    )
    assert ours == theirs


FIGURES = ("AVAL", "BASE", "CHG", "PCHG", "NADIR", "CHGNAD", "PCHGNAD")


def figures(row: dict[str, object], names: tuple[str, ...]) -> list[float | None]:
    """The figures of a row; a missing one is None."""
    values = [float(row[name]) if row[name] not in ("", None) else None for name in names]
    return [None if v is None or v != v else v for v in values]


@pytest.mark.shared
def test_every_sum_and_every_depth_of_response_is_as_expected(built, shared):
    records = exports.read_xpt(built[0] / "adam" / "adtr.xpt").to_dict("records")
    ours = {
        (r["USUBJID"], r["PARAMCD"], r["AVISIT"] if r["PARAMCD"] == "SUMDIAM" else ""): r
        for r in records
        if r["PARAMCD"] in ("SUMDIAM", "DPR")
    }
    theirs = {(r["USUBJID"], r["PARAMCD"], r["AVISIT"]): r for r in expected(shared, "adtr.csv")}
    assert ours.keys() == theirs.keys()
    for key, row in theirs.items():
        assert figures(ours[key], FIGURES) == pytest.approx(figures(row, FIGURES), abs=1e-6), key
        assert (ours[key]["ABLFL"], ours[key]["PARTIAL"]) == (row["ABLFL"], row["PARTIAL"])
        if key[1] == "SUMDIAM":
            assert exports.iso(ours[key]["ADT"]) == row["ADT"]


@pytest.mark.shared
def test_every_size_of_a_target_lesion_is_as_expected(built, shared):
    def told(row: dict[str, object], day: str) -> tuple[object, ...]:
        names = ("USUBJID", "LESION", "PARAMCD", "AVISIT")
        return (*(row[name] for name in names), day, str(figures(row, ("AVAL",))))

    ours = sorted(
        told(r, exports.iso(r["ADT"]))
        for r in exports.read_xpt(built[0] / "adam" / "adtr.xpt").to_dict("records")
        if r["PARAMCD"] in ("LDIAM", "SAXIS")
    )
    assert ours == sorted(told(r, r["ADT"]) for r in expected(shared, "lesions.csv"))


@pytest.mark.shared
def test_every_time_to_event_is_as_expected(built, shared):
    kinds = ("PFS", "OS", "OSR", "RFS", "DOR", "TTR")
    ours = {
        (r["USUBJID"], r["PARAMCD"]): (
            exports.iso(r["STARTDT"]),
            exports.iso(r["ADT"]),
            r["AVAL"],
            r["CNSR"],
        )
        for r in exports.read_xpt(built[0] / "adam" / "adtte.xpt").to_dict("records")
    }
    theirs = {
        (r["USUBJID"], r["PARAMCD"]): (r["STARTDT"], r["ADT"], float(r["AVAL"]), float(r["CNSR"]))
        for r in expected(shared, "adtte.csv")
        if r["PARAMCD"] in kinds
    }
    assert {key: value for key, value in ours.items() if key[1] in kinds} == theirs


@pytest.mark.shared
def test_every_event_of_a_time_is_named_as_expected(built, shared):
    words = {"PD": "PROGRESSIVE DISEASE"}
    ours = {
        (r["USUBJID"], r["PARAMCD"]): r["EVNTDESC"]
        for r in exports.read_xpt(built[0] / "adam" / "adtte.xpt").to_dict("records")
    }
    theirs = {
        (r["USUBJID"], r["PARAMCD"]): words.get(r["DESC"], r["DESC"])
        for r in expected(shared, "adtte.csv")
        if r["CNSR"] == "0" and r["PARAMCD"] != "TTR"
    }
    assert {key: ours[key] for key in theirs} == theirs


@pytest.mark.shared
def test_every_adverse_event_is_as_expected(built, shared):
    ours = {
        (r["USUBJID"], r["AESPID"]): {
            "ASTDT": exports.iso(r["ASTDT"]),
            "AENDT": exports.iso(r["AENDT"]),
            **{n: r[n] for n in ("ASTDTF", "TRTEMFL", "ATOXGR", "AREL", "ACATH", "ASURG")},
        }
        for r in exports.read_xpt(built[0] / "adam" / "adae.xpt").to_dict("records")
    }
    theirs = {
        (row.pop("USUBJID"), row.pop("RECORDID")): row for row in expected(shared, "adae.csv")
    }
    assert ours == theirs


def test_raw_records_are_all_accounted_for(built):
    table = json.loads((built[0] / "findings.json").read_text(encoding="utf-8"))["accounting"]
    for form, line in table.items():
        rows = len(exports.read(exports.EXAMPLE / f"{form}.csv"))
        parts = [line["mapped"], *line["excluded"].values()]
        assert line["read"] == rows == sum(parts) + line["not_submitted"] + line["in_findings"]


def test_the_example_has_no_error_and_exits_clean(built):
    assert [f for f in built[1].findings if f.severity == "error"] == []
    assert built[1].exit_code == 0


def test_what_is_odd_in_the_export_is_told_with_its_row(built):
    told = {(f.rule, source) for f in built[1].findings for source in f.sources}
    rows = exports.read(exports.EXAMPLE / "death.csv")
    inactive = [n for n, row in enumerate(rows, 2) if row["recordactive"] == "0"]
    assert {("RAW-INACTIVE", f"death.csv:{n}") for n in inactive} <= told
    assert ("RAW-STRANGE-COLUMN", "vs.csv:1") in told


@pytest.mark.parametrize("name", ["ADSL", "ADRS", "ADTR", "ADTTE"])
def test_every_analysis_record_traces_to_lines_of_the_export(built, name):
    records = trace(built[0], name)
    assert len(records) == len(exports.read_xpt(built[0] / "adam" / f"{name.lower()}.xpt"))
    for record in records:
        assert record.lines(), record.values
        assert all(re.fullmatch(r"[a-z]+\.csv:\d+", line) for line in record.lines())


def test_a_survival_time_traces_to_the_line_of_the_deciding_response(built):
    # no event: the last adequate assessment is the response page with record 1000246
    keys = {"USUBJID": "HAI-CRLM-12-0001", "PARAMCD": "PFS", "ADT": "2025-10-21"}
    (record,) = trace(built[0], "adtte", keys)
    rows = [r["recordid"] for r in exports.read(exports.EXAMPLE / "resp.csv")]
    assert record.values["ADT"] == "2025-10-21"
    assert f"resp.csv:{rows.index('1000246') + 2}" in record.lines()
    assert any("specs/adam/adtte.yaml" in spec for spec in record.specs)


def test_building_in_two_steps_gives_the_same_files(built, tmp_path):
    build_sdtm(raw=exports.EXAMPLE, out=tmp_path / "sdtm")
    build_adam(sdtm=tmp_path / "sdtm", out=tmp_path / "adam")
    for standard in ("sdtm", "adam"):
        for path in sorted((built[0] / standard).glob("*.xpt")):
            assert (tmp_path / standard / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_cutoff_given_by_hand_goes_before_the_one_of_the_sdtm(built, tmp_path):
    build_adam(sdtm=built[0] / "sdtm", out=tmp_path / "adam", cutoff="2024-06-30")
    days = set(exports.read_xpt(tmp_path / "adam" / "adsl.xpt")["CUTDT"])
    assert {exports.iso(day) for day in days} == {"2024-06-30"}


def test_without_any_cutoff_the_specs_are_told_to_be_short_of_one(built, tmp_path):
    folder = tmp_path / "sdtm"
    folder.mkdir()
    for path in (built[0] / "sdtm").glob("*.xpt"):
        if path.stem != "ts":
            (folder / path.name).write_bytes(path.read_bytes())
    with pytest.raises(SpecError, match="--cutoff"):
        build_adam(sdtm=folder, out=tmp_path / "adam")


def test_a_build_that_fails_leaves_the_last_good_one_untouched(few_raw, tmp_path):
    out = tmp_path / "out"
    build_study(raw=few_raw, out=out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    broken = exports.copy(tmp_path / "raw", source=few_raw)
    (broken / "dm.csv").unlink()
    with pytest.raises(CdiscHaiError):
        build_study(raw=broken, out=out)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert list(tmp_path.glob(".out*")) == []


def test_a_build_replaces_its_own_files_and_keeps_those_of_others(few_raw, tmp_path):
    out = tmp_path / "out"
    build_study(raw=few_raw, out=out)
    (out / "notes.txt").write_text("mine")
    assert (out / "sdtm" / "cm.xpt").exists()
    smaller = exports.copy(tmp_path / "raw", source=few_raw)
    (smaller / "cm.csv").unlink()
    (smaller / "pact.csv").unlink()
    build_study(raw=smaller, out=out)
    assert not (out / "sdtm" / "cm.xpt").exists()
    assert (out / "notes.txt").read_text() == "mine"


def test_lengths_are_the_longest_value_of_a_name_over_all_datasets(built):
    lengths: dict[str, set[int]] = {}
    longest: dict[str, int] = {}
    for path in (built[0] / "sdtm").glob("*.xpt"):
        frame, meta = pyreadstat.read_xport(path, encoding="UTF-8")
        for name, width in meta.variable_storage_width.items():
            if meta.readstat_variable_types[name] == "string":
                lengths.setdefault(name, set()).add(width)
                found = max((len(str(v).encode()) for v in frame[name] if v == v), default=1)
                longest[name] = max(longest.get(name, 1), found)
    assert {name: {width} for name, width in longest.items()} == lengths


def test_a_contact_that_reports_the_death_is_no_finding(built):
    # the example has contacts DEAD, each after the death that it reports
    assert [f for f in built[1].findings if f.rule == "SS-AFTER-DEATH"] == []
