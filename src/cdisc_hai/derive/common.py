"""What several parameters of one dataset work out alike is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.derive.subjects import alike

T = TypeVar("T")


def in_common(
    name: str,
    subjects: pd.DataFrame,
    tables: Tables,
    asked: Mapping[str, Any],
    work_out: Callable[[], T],
) -> T:
    """What was worked out under a name for the same subjects and the same things asked, or anew.

    The tables of a run remember it while they make the parameters of one dataset.
    """
    memo = getattr(tables, "memo", None)
    if memo is None:
        return work_out()
    who = subjects[SUBJECT]
    for known, before, found in memo.get(name, ()):
        if before == asked and _same(known, who):
            same: T = found
            return same
    found = work_out()
    memo.setdefault(name, []).append((who, dict(asked), found))
    return found


def _same(one: pd.Series, other: pd.Series) -> bool:
    """Whether the subjects are the same, in the same order."""
    if one is other:
        return True
    mine, theirs, _ = alike(one, other)
    return np.array_equal(mine, theirs)
