"""The shipped specs over a drawn SDTM: six subjects whose values are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cdisc_hai.adam import AdamResult, run_adam, sdtm_tables
from tests.derive.calls import study
from tests.derive.drawn_dates import day

CUTOFF = "2025-12-31"


def derived(sdtm: Mapping[str, pd.DataFrame], cutoff: str = CUTOFF) -> AdamResult:
    """All ADaM of the shipped specs; SDTM that is not drawn is empty."""
    return run_adam(study(), sdtm_tables(sdtm), day(cutoff))
