"""Defines of a tiny study: what a spec adds, and texts that XML minds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from lxml import etree

from cdisc_hai.build.check import validate
from cdisc_hai.build.define import build_define
from cdisc_hai.build.study import build_sdtm
from cdisc_hai.cli import main
from cdisc_hai.submit.define_check.document import DEF, ODM
from tests.conftest import TINY_SPECS
from tests.define_schema import schema_faults

STANDARDS = 'standards: {sdtmig: "3.4", sdtm_terminology: "2025-03-28"}\n'
DEFINE = """\
documents:
  GUIDE: {title: Reviewer's Guide, file: csdrg.pdf, standard: sdtm}
  OTHER: {title: Not there, file: other.pdf}
comments:
  DM: {text: Screened subjects too., documents: [{document: GUIDE, pages: [4, 5]}]}
  VS.VSORRES: {text: As collected., documents: [{document: OTHER, pages: [1]}]}
"""


def described(
    tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path], tmp_path: Path, **files: str
) -> etree._Element:
    """The define of the tiny study, with a reviewer's guide beside it."""
    study = TINY_SPECS["study.yaml"] + STANDARDS
    specs = tiny_specs({"study.yaml": study, "define.yaml": DEFINE, **files})
    out = tmp_path / "out"
    build_sdtm(raw=tiny_export(), out=out, specs=specs)
    (out / "csdrg.pdf").write_bytes(b"%PDF-1.7")
    build_define(data=out, out=out / "define.xml", specs=specs)
    text = (out / "define.xml").read_bytes()
    assert schema_faults(text) == []
    return etree.fromstring(text)


def element(root: etree._Element, oid: str) -> etree._Element:
    return next(e for e in root.iter("*") if oid in (e.get("OID"), e.get("ID")))


def test_comments_point_to_pages_of_the_documents_that_lie_beside(
    tiny_specs, tiny_export, tmp_path
) -> None:
    root = described(tiny_specs, tiny_export, tmp_path)
    comment = element(root, "COM.DM")
    assert element(root, "IG.DM").get(f"{DEF}CommentOID") == "COM.DM"
    (ref,) = comment.findall(f"{DEF}DocumentRef")
    assert ref.get("leafID") == "LF.GUIDE"
    assert ref[0].attrib == {"PageRefs": "4 5", "Type": "PhysicalRef"}
    assert element(root, "LF.GUIDE").find(f"{DEF}title").text == "Reviewer's Guide"
    assert [d.get("leafID") for d in root.iter(f"{DEF}SupplementalDoc").__next__()] == ["LF.GUIDE"]
    assert element(root, "COM.VS.VSORRES").findall(f"{DEF}DocumentRef") == []


def test_texts_stand_in_the_define_as_in_the_spec(tiny_specs, tiny_export, tmp_path) -> None:
    label = 'Results < 5 & "肝脏"'
    spec = TINY_SPECS["sdtm/vs.yaml"].replace("label: Result,", f"label: '{label}',")
    root = described(tiny_specs, tiny_export, tmp_path, **{"sdtm/vs.yaml": spec})
    assert next(element(root, "IT.VS.VSORRES").iter(f"{ODM}TranslatedText")).text == label


def test_a_dataset_that_the_guide_does_not_have_is_not_standard(
    tiny_specs, tiny_export, tmp_path
) -> None:
    spec = TINY_SPECS["sdtm/vs.yaml"].replace("dataset: VS", "dataset: XV").replace("VS", "XV")
    root = described(
        tiny_specs, tiny_export, tmp_path,
        **{"sdtm/vs.yaml": spec, "define.yaml": DEFINE.partition("comments")[0]},
    )  # fmt: skip
    own, standard = element(root, "IG.XV"), element(root, "IG.DM")
    assert own.get(f"{DEF}IsNonStandard") == "Yes"
    assert own.get(f"{DEF}StandardOID") is None
    assert standard.get(f"{DEF}StandardOID") == "STD.SDTMIG"
    assert standard.get(f"{DEF}IsNonStandard") is None


def test_the_command_writes_the_define_and_validate_reads_it(
    tiny_specs, tiny_export, tmp_path
) -> None:
    study = TINY_SPECS["study.yaml"] + STANDARDS
    specs, out = tiny_specs({"study.yaml": study}), tmp_path / "out"
    build_sdtm(raw=tiny_export(), out=out, specs=specs)
    target = out / "define.xml"
    target.unlink()
    run = CliRunner().invoke
    args = ["--specs", str(specs)]
    done = run(main, ["define", "build", "--data", str(out), "--out", str(target), *args])
    assert done.exit_code == 0, done.output
    assert done.output == f"{target}\n{target.with_suffix('.html')}\n"
    text = target.read_text("utf-8")
    target.write_text(text.replace('Name="SEX" SASFieldName="SEX"', 'Name="GENDER"'), "utf-8")
    told = run(main, ["validate", str(out), *args])
    assert told.exit_code == 14
    assert "DEFINE-VARIABLE DM.SEX" in told.output
    assert "DEFINE-VARIABLE DM.GENDER" in told.output


def test_a_define_changed_by_hand_is_told_with_its_line(tiny_specs, tiny_export, tmp_path) -> None:
    specs, out = tiny_specs({"study.yaml": TINY_SPECS["study.yaml"] + STANDARDS}), tmp_path / "out"
    build_sdtm(raw=tiny_export(), out=out, specs=specs)
    target = out / "define.xml"
    text = target.read_text("utf-8")
    assert [f for f in validate(out, specs=specs) if f.rule == "DEFINE-STALE"] == []
    target.write_text(text.replace('Name="C16576"', 'Name="C00000"'), "utf-8")
    (found,) = [f for f in validate(out, specs=specs) if f.rule == "DEFINE-STALE"]
    line = text[: text.index('Name="C16576"')].count("\n") + 1
    assert found.sources == (f"define.xml:{line}",)
    assert "C00000" in found.message
    assert "C16576" in found.message


def test_another_version_of_the_software_makes_no_define_stale(
    tiny_specs, tiny_export, tmp_path
) -> None:
    specs, out = tiny_specs({"study.yaml": TINY_SPECS["study.yaml"] + STANDARDS}), tmp_path / "out"
    build_sdtm(raw=tiny_export(), out=out, specs=specs)
    target = out / "define.xml"
    text = re.sub(
        'SourceSystemVersion="[^"]*"', 'SourceSystemVersion="0.0"', target.read_text("utf-8")
    )
    target.write_text(text, "utf-8")
    assert [f for f in validate(out, specs=specs) if f.rule == "DEFINE-STALE"] == []


def test_a_define_is_an_xml_file(tiny_specs, tiny_export, tmp_path) -> None:
    specs, out = tiny_specs(), tmp_path / "out"
    build_sdtm(raw=tiny_export(), out=out, specs=specs)
    page = out / "page.html"
    command = ["define", "build", "--data", str(out), "--out", str(page), "--specs", str(specs)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 2
    assert "a define is an XML file" in done.output
    assert not page.exists()
