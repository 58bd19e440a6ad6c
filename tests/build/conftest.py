"""One build of the example, shared by the tests that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.build.result import BuildResult
from cdisc_hai.build.study import build_study
from tests.build.exports import EXAMPLE


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """The folder that a build of the example wrote, and its result."""
    out = tmp_path_factory.mktemp("built") / "out"
    return out, build_study(raw=EXAMPLE, out=out)
