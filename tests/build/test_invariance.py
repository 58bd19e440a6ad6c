"""What must not matter to a build does not: the bytes, or the values, stay the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cdisc_hai.build.study import build_study
from tests.build import exports
from tests.build.renamed import rename_study


def xpt_bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.xpt")}


def test_shuffled_rows_with_other_line_ends_give_the_same_bytes(built, tmp_path):
    raw = exports.copy(tmp_path / "raw", exports.shuffled, lines="\r\n")
    build_study(raw=raw, out=tmp_path / "out")
    assert xpt_bytes(tmp_path / "out") == xpt_bytes(built[0])


def test_another_locale_time_zone_and_hash_seed_give_the_same_bytes(built, tmp_path):
    code = (
        "import locale, sys, time; locale.setlocale(locale.LC_ALL, ''); time.tzset();"
        "from cdisc_hai.build.study import build_study;"
        "build_study(raw=sys.argv[1], out=sys.argv[2])"
    )
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(exports.ROOT / "src"),
    }
    out = tmp_path / "out"
    command = [sys.executable, "-c", code, str(exports.EXAMPLE), str(out)]
    subprocess.run(command, env=environment, check=True, cwd=tmp_path)
    assert xpt_bytes(out) == xpt_bytes(built[0])
    assert (out / "findings.json").read_bytes() == (built[0] / "findings.json").read_bytes()


def test_dates_and_cutoff_moved_by_four_years_change_no_value(built, tmp_path):
    raw = exports.copy(tmp_path / "raw", exports.four_years_on)
    study = json.loads((raw / "study.json").read_text(encoding="utf-8"))
    study["cutoff"] = str(int(study["cutoff"][:4]) + 4) + study["cutoff"][4:]
    (raw / "study.json").write_text(json.dumps(study), encoding="utf-8")
    build_study(raw=raw, out=tmp_path / "out")
    for name, keys in (("adrs", ["AVALC", "AVISITN"]), ("adtte", ["AVAL", "CNSR"])):
        before, after = (
            exports.read_xpt(o / "adam" / f"{name}.xpt") for o in (built[0], tmp_path / "out")
        )
        columns = ["USUBJID", "PARAMCD", "AVAL", *keys]
        assert after[columns].equals(before[columns])
    before, after = (
        exports.read_xpt(o / "adam" / "adsl.xpt") for o in (built[0], tmp_path / "out")
    )
    assert after[["AGE", "FASFL", "SAFFL"]].equals(before[["AGE", "FASFL", "SAFFL"]])
    assert set((after["RANDDT"] - before["RANDDT"]).dropna()) == {4 * 365 + 1}


def test_a_study_with_every_name_changed_and_specs_to_match_gives_the_same_results(built, tmp_path):
    arms = rename_study(tmp_path)
    build_study(raw=tmp_path / "raw", out=tmp_path / "out", specs=tmp_path / "specs")
    for name, columns in (
        ("adsl", ["USUBJID", "FASFL", "SAFFL", "RANDDT", "TRTSDT", "LSTALVDT", "DTHDT", "NEDDT"]),
        ("adrs", ["USUBJID", "PARAMCD", "ADT", "AVALC", "AVISITN", "ANL01FL", "SRCSEQ"]),
        ("adtte", ["USUBJID", "PARAMCD", "ADT", "AVAL", "CNSR", "EVNTDESC", "SRCSEQ"]),
    ):
        before, after = (
            exports.read_xpt(o / "adam" / f"{name}.xpt") for o in (built[0], tmp_path / "out")
        )
        assert after[columns].equals(before[columns]), name
        assert list(after["TRT01P"]) == [arms.get(a, a) for a in before["TRT01P"]]


@pytest.mark.parametrize(
    ("form", "record", "values", "rule"),
    [
        ("resp", "1000245", {"rsovr": "99"}, "RAW-UNKNOWN-CODE"),
        ("ae", "1000249", {"aestdat": "31 FEB 2025"}, "MAP-IMPOSSIBLE-DATE"),
        ("tl", "1000232", {"tldiam": "-18"}, "TR-NEGATIVE-DIAMETER"),
        ("resp", "1000246", {"rsdat": ""}, "RS-RESPONSE-WITHOUT-DATE"),
        ("tl", "1000232", {"tlid": "T09"}, "TR-LESION-NOT-DEFINED"),
        ("chemo", "1000172", {"subjid": "9999"}, "RAW-NO-SUBJECT"),
        ("rand", "1000004", {"randdat": "2025-04"}, "DM-RANDOMISATION-WITHOUT-DAY"),
        ("rand", "1000004", {"randarm": ""}, "DM-RANDOMISED-WITHOUT-ARM"),
        ("ie", "1000003", {"ieyn": "N"}, "IE-CRITERION-MISSING"),
        ("chemo", "1000172", {"exdosgv": ""}, "EC-DOSE-UNKNOWN"),
    ],
)
def test_a_planted_fault_is_told_and_leaves_the_other_subjects_as_they_were(
    few_raw, few_built, tmp_path, form, record, values, rule
):
    change = exports.setting(form, record, **values)
    raw = exports.copy(tmp_path / "raw", change, source=few_raw)
    result = build_study(raw=raw, out=tmp_path / "out")
    told = [f for f in result.findings if f.rule == rule and f.severity == "error"]
    row = [r["recordid"] for r in exports.read(raw / f"{form}.csv")].index(record) + 2
    assert [f.sources for f in told] == [(f"{form}.csv:{row}",)]
    assert result.exit_code == 14
    for path in sorted(few_built.rglob("*.xpt")):
        name = path.relative_to(few_built)
        before, after = exports.read_xpt(path), exports.read_xpt(tmp_path / "out" / name)
        if "USUBJID" in before.columns:
            before, after = (
                f[f["USUBJID"] != "HAI-CRLM-12-0001"].reset_index(drop=True)
                for f in (before, after)
            )
            # a variable that one record fills is written for all, empty for these
            new = [c for c in after.columns if c not in before.columns and after[c].eq("").all()]
            assert after.drop(columns=new).equals(before), name


def test_a_contact_dated_after_the_death_is_told_with_its_row(few_raw, tmp_path):
    # the subject of the contact with record 1003138 is given a death before it
    def change(form: str, rows: list[exports.Row]) -> list[exports.Row]:
        if form != "death":
            return rows
        return [*rows, {**rows[0], "siteid": "05", "subjid": "0001", "recordid": "9000001",
                        "recordactive": "1", "dddat": "01 OCT 2024"}]  # fmt: skip

    raw = exports.copy(tmp_path / "raw", change, source=few_raw)
    told = [
        f for f in build_study(raw=raw, out=tmp_path / "o").findings if f.rule == "SS-AFTER-DEATH"
    ]
    row = [r["recordid"] for r in exports.read(raw / "surv.csv")].index("1003138") + 2
    assert f"surv.csv:{row}" in {source for f in told for source in f.sources}
    assert {f.severity for f in told} == {"warning"}


def test_a_second_row_of_a_lesion_at_baseline_moves_no_flag_and_no_date(
    few_raw, few_built, tmp_path
):
    # the first measured target lesion of each subject once more, later, and without a diameter
    def change(form: str, rows: list[exports.Row]) -> list[exports.Row]:
        if form != "tl":
            return rows
        screened = [row for row in rows if row["visit"] == "SCREENING"]
        again = [
            {**row, "recordid": f"9{row['recordid']}", "tldat": "01 JUL 2025", "tldiam": ""}
            for row in screened
        ]
        return [*again, *rows]

    raw = exports.copy(tmp_path / "raw", change, source=few_raw)
    result = build_study(raw=raw, out=tmp_path / "out")
    assert {f.rule for f in result.findings} >= {"RAW-TWICE"}
    before, after = (
        exports.read_xpt(o / "adam" / "adsl.xpt") for o in (few_built, tmp_path / "out")
    )
    columns = ["USUBJID", "BASELDT", "MEASFL", "RESPEVFL"]
    assert after[columns].equals(before[columns])
