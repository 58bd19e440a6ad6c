"""Analysis datasets held against those that the specs derive from the same SDTM."""

import datetime
import shutil
from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.build.check import validate
from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import RawError
from cdisc_hai.submit.transport import Transport, write_datasets
from tests.build import exports


def _spoiled(few_built: Path, folder: Path, frame: pd.DataFrame) -> Path:
    """A copy of a build with another ADTTE."""
    shutil.copytree(few_built, folder)
    study = study_of(None)
    transport = Transport({"ADTTE": frame}, (), {})
    write_datasets(
        study,
        {"ADTTE": study.adam["ADTTE"]},
        transport,
        folder / "adam",
        created=datetime.datetime(2026, 1, 1),
    )
    return folder / "adam"


def _told(folder: Path) -> list[tuple[str, str, tuple[int, ...], str]]:
    found = validate(folder, derive=True)
    return [(f.rule, f.variable, f.rows, f.message) for f in found if f.rule.startswith("DERIVED")]


def test_a_build_is_what_its_specs_derive(few_built: Path) -> None:
    assert _told(few_built / "adam") == []


def test_a_value_that_the_specs_do_not_derive_is_told_with_its_record(
    few_built: Path, tmp_path: Path
) -> None:
    frame = exports.read_xpt(few_built / "adam" / "adtte.xpt")
    frame.loc[2, "AVAL"] += 1
    frame.loc[4, "EVNTDESC"] = "SOMETHING"
    right = exports.read_xpt(few_built / "adam" / "adtte.xpt")
    value, text = int(right.loc[2, "AVAL"]), right.loc[4, "EVNTDESC"]
    assert _told(_spoiled(few_built, tmp_path / "out", frame)) == [
        ("DERIVED-VALUE", "AVAL", (3,), f"is '{value + 1}', and the specs derive '{value}'"),
        ("DERIVED-VALUE", "EVNTDESC", (5,), f"is 'SOMETHING', and the specs derive '{text}'"),
    ]


def test_a_record_that_is_missing_is_told_by_its_keys(few_built: Path, tmp_path: Path) -> None:
    frame = exports.read_xpt(few_built / "adam" / "adtte.xpt")
    keys = ", ".join(f"{k} {frame.loc[3, k]}" for k in ("STUDYID", "USUBJID", "PARAMCD"))
    found = _told(_spoiled(few_built, tmp_path / "out", frame.drop(index=3)))
    assert found == [
        ("DERIVED-RECORD", "", (), f"a record that the specs derive is missing: {keys}")
    ]


def test_without_sdtm_nothing_can_be_derived(few_built: Path, tmp_path: Path) -> None:
    shutil.copytree(few_built / "adam", tmp_path / "alone")
    with pytest.raises(RawError, match="name its folder with --sdtm"):
        validate(tmp_path / "alone", derive=True)
