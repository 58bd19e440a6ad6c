"""The defines that a build writes beside its datasets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cdisc_hai.build.check import validate
from cdisc_hai.build.define import build_define
from cdisc_hai.build.result import BuildResult
from cdisc_hai.build.study import build_adam, build_study
from cdisc_hai.errors import RawError
from tests.define_schema import schema_faults


@pytest.mark.parametrize("standard", ["sdtm", "adam"])
def test_both_defines_of_a_build_keep_the_schema(few_built: Path, standard: str) -> None:
    assert schema_faults((few_built / standard / "define.xml").read_bytes()) == []


@pytest.mark.parametrize("standard", ["sdtm", "adam"])
def test_the_define_of_a_folder_is_that_of_its_build(
    few_built: Path, tmp_path: Path, standard: str
) -> None:
    folder = few_built / standard
    build_define(data=folder, out=tmp_path / "define.xml")
    for file in ("define.xml", "define.html"):
        assert (tmp_path / file).read_bytes() == (folder / file).read_bytes()
    assert (tmp_path / "define2-1.xsl").is_file()


def test_sdtm_and_adam_have_a_define_each(few_built: Path, tmp_path: Path) -> None:
    for file in ("sdtm/dm.xpt", "adam/adsl.xpt"):
        (tmp_path / Path(file).name).write_bytes((few_built / file).read_bytes())
    with pytest.raises(RawError, match=r"ADSL \(ADAM\), DM \(SDTM\)"):
        build_define(data=tmp_path, out=tmp_path / "define.xml")
    assert not (tmp_path / "define.xml").exists()


def test_a_folder_without_datasets_has_no_define(tmp_path: Path) -> None:
    with pytest.raises(RawError, match="holds no transport file"):
        build_define(data=tmp_path, out=tmp_path / "define.xml")


def test_both_defines_agree_with_the_datasets_of_the_whole_example(
    built: tuple[Path, BuildResult],
) -> None:
    out, result = built
    assert [f for f in result.findings if f.rule.startswith("DEFINE")] == []
    for standard in ("sdtm", "adam"):
        assert schema_faults((out / standard / "define.xml").read_bytes()) == []
        assert [f for f in validate(out / standard) if f.rule.startswith("DEFINE")] == []


def test_the_second_study_has_defines_that_agree_with_its_datasets(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "examples" / "second"
    result = build_study(raw=folder / "raw", out=tmp_path / "out", specs=folder / "specs")
    assert [f for f in result.findings if f.rule.startswith("DEFINE")] == []
    for standard in ("sdtm", "adam"):
        assert schema_faults((tmp_path / "out" / standard / "define.xml").read_bytes()) == []


def test_adam_of_foreign_sdtm_names_qualifiers_where_they_lie(
    few_built: Path, tmp_path: Path
) -> None:
    """Specs without sdtm/ do not know that STRAT is a qualifier of DM; SUPPDM shows it."""
    specs = tmp_path / "specs"
    shutil.copytree(Path(__file__).parents[2] / "specs", specs)
    shutil.rmtree(specs / "sdtm")
    out = tmp_path / "adam"
    result = build_adam(sdtm=few_built / "sdtm", out=out, specs=specs)
    assert [f for f in result.findings if f.rule.startswith("DEFINE")] == []
    text = (out / "define.xml").read_text("utf-8")
    assert "SUPPDM.QVAL where QNAM = &#34;STRAT&#34;" in text
    assert [
        f for f in validate(out, specs=specs, sdtm=few_built / "sdtm") if "DEFINE" in f.rule
    ] == []
    alone = {(f.rule, f.severity) for f in validate(out, specs=specs) if "DEFINE" in f.rule}
    assert alone == {("DEFINE-PREDECESSOR", "note")}
