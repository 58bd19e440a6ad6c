"""One build of the example, shared by the tests that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.build.result import BuildResult
from cdisc_hai.build.study import build_study
from tests.build.exports import EXAMPLE, few


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """The folder that a build of the example wrote, and its result."""
    out = tmp_path_factory.mktemp("built") / "out"
    return out, build_study(raw=EXAMPLE, out=out)


@pytest.fixture(scope="session")
def few_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's first subjects, for tests that need a build of their own."""
    return few(tmp_path_factory.mktemp("few") / "raw")


@pytest.fixture(scope="session")
def few_built(few_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a build of the first subjects wrote."""
    out = tmp_path_factory.mktemp("few_built") / "out"
    build_study(raw=few_raw, out=out)
    return out
