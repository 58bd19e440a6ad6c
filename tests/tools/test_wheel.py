"""The wheel holds the study, the templates, the schemas and the guides beside the modules."""

from __future__ import annotations

import subprocess
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"][
    "targets"
]["wheel"]


def tracked(*suffixes: str) -> list[str]:
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        pytest.skip("not a clone")
    return [name for name in told.stdout.splitlines() if name.endswith(suffixes)]


def place_in_wheel(name: str) -> str | None:
    """Where a file of the project goes, by the two lists of pyproject.toml; None: nowhere."""
    path = PurePosixPath(name)
    if not any(path.is_relative_to(top) for top in WHEEL["only-include"]):
        return None
    for source, target in WHEEL["sources"].items():
        if path.is_relative_to(source):
            return str(PurePosixPath(target, path.relative_to(source)))
    return name


NEEDED = {
    "cdisc_hai/_study/specs/study.yaml",
    "cdisc_hai/_study/specs/sdtm/tr.yaml",
    "cdisc_hai/_study/specs/adam/adtte.yaml",
    "cdisc_hai/_study/define/define.xml.j2",
    "cdisc_hai/guide/sdtmig_3_4.csv",
    "cdisc_hai/guide/adamig_1_3.csv",
    "cdisc_hai/metadata/schema/sdtm.schema.json",
    "cdisc_hai/report/findings.html.j2",
    "cdisc_hai/py.typed",
    "cdisc_hai/build/study.py",
}


def test_every_file_that_the_package_reads_goes_into_the_wheel() -> None:
    data = tracked(".py", ".yaml", ".j2", ".json", ".csv", ".typed")
    inside = {place_in_wheel(name) for name in data}
    assert inside >= NEEDED
    left = [
        name
        for name in data
        if name.startswith(("src/", "specs/", "define/")) and not place_in_wheel(name)
    ]
    assert left == []


def test_a_wheel_that_is_built_holds_them(tmp_path: Path) -> None:
    builders = pytest.importorskip("hatchling.builders.wheel")
    (wheel,) = builders.WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= NEEDED
    wanted = {place_in_wheel(n) for n in tracked(".py", ".yaml", ".j2", ".json", ".csv")}
    assert wanted - {None} - names == set()
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]
