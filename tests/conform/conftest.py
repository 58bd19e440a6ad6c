"""A small study drawn by hand, and the whole example, mapped and derived once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cdisc_hai.derive
import cdisc_hai.mapping  # noqa: F401  # importing it registers the operations that specs name
from cdisc_hai.adam import cutoff_of, run_adam, sdtm_tables
from cdisc_hai.metadata import Dataset, Study, load_study
from cdisc_hai.raw import read_export
from cdisc_hai.registry import operations
from cdisc_hai.sdtm import run_sdtm

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Example:
    """The example study with its datasets; ``@src`` and ``@from`` are their lineage. ``specs`` are
    those of the SDTM datasets as they are written."""

    study: Study
    sdtm: dict[str, pd.DataFrame]
    adam: dict[str, pd.DataFrame]
    specs: Mapping[str, Dataset]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        return {**self.sdtm, **self.adam}


@pytest.fixture(scope="session")
def example() -> Example:
    study = load_study(ROOT / "specs", operations())
    mapped = run_sdtm(study, read_export(ROOT / "examples" / "hai" / "raw", study))
    plain: dict[str, Any] = {
        name: frame.drop(columns=[c for c in frame.columns if c.startswith("@")])
        for name, frame in mapped.frames.items()
    }
    cutoff = cutoff_of(study, mapped.frames)
    assert cutoff is not None
    derived = run_adam(study, sdtm_tables(plain), cutoff)
    return Example(study, mapped.frames, derived.frames, mapped.specs)
