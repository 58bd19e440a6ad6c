"""Transport files are known by what stands in them, in the encoding of the study."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.build.read_sdtm import read_folder
from cdisc_hai.build.study import build_sdtm
from cdisc_hai.build.tracing import trace
from cdisc_hai.errors import RawError
from tests.conftest import TINY_EXPORT, TINY_SPECS


@pytest.fixture
def sdtm(tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path], tmp_path: Path) -> Path:
    """The SDTM of the tiny study, with a Chinese result, in GB18030."""
    study = TINY_SPECS["study.yaml"] + "encoding: gb18030\n"
    raw = tiny_export({"vs": TINY_EXPORT["vs"].replace("130", "阴性")})
    build_sdtm(raw=raw, out=tmp_path / "out", specs=tiny_specs({"study.yaml": study}))
    return tmp_path / "out"


def test_a_dataset_is_named_by_its_file_s_content(sdtm: Path, tmp_path: Path):
    folder = tmp_path / "foreign"
    folder.mkdir()
    shutil.copy(sdtm / "vs.xpt", folder / "data_2025.XPT")
    frames = read_folder(folder, "gb18030")
    assert list(frames) == ["VS"]
    assert frames["VS"]["VSORRES"].tolist() == ["120", "阴性"]


def test_a_dataset_in_two_files_stops(sdtm: Path):
    shutil.copy(sdtm / "vs.xpt", sdtm / "vs2.xpt")
    with pytest.raises(RawError, match=r"vs2\.xpt: dataset VS stands in two files; keep one"):
        read_folder(sdtm, "gb18030")


def test_trace_reads_the_files_in_the_encoding_of_the_study(sdtm: Path):
    (record,) = trace(sdtm, "VS", {"VSORRES": "阴性"})
    assert record.sources == ("vs.csv:3",)
