"""Depth of response: the lowest percent change of the sums over a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from cdisc_hai.recist.lesions import VisitResult
from cdisc_hai.recist.policy import RECIST_1_1
from cdisc_hai.recist.terms import Bools, Floats, Ints
from cdisc_hai.recist.window_table import first_of_subject
from cdisc_hai.recist.words import millimetres, percent_change


@dataclass(frozen=True)
class Depth:
    """The lowest percent change (exact), the visit that gives it, and why."""

    percent: Fraction
    day: int
    ref: int
    reason: str


def depth_of_response(
    results: Sequence[VisitResult],
    *,
    start: int,
    progression: int | None = None,
    new_therapy: int | None = None,
    resection: int | None = None,
) -> Depth | None:
    """The deepest sum from the start to the progression and the new therapy (both included) and
    before the day of a resection; of equals the first, None without any.

    Partial sums count only where they are PD. A normal node keeps a CR above -100 %.
    """
    points = []
    for result in results:
        late = any(end is not None and result.day > end for end in (progression, new_therapy))
        after = resection is not None and result.day >= resection
        if result.day >= start and not late and not after and result.decides_depth:
            points.append(result)
    if not points or not points[0].baseline_sum:
        return None
    lowest = min(points, key=lambda point: (point.sum or 0, point.day))
    size, base = lowest.sum or 0, points[0].baseline_sum
    reason = (
        f"sum {millimetres(size)} mm, baseline {millimetres(base)} mm:"
        f" {percent_change(size, base, RECIST_1_1)}, the lowest of {len(points)}"
    )
    return Depth(Fraction(100 * (size - base), base), lowest.day, lowest.ref, reason)


def depth_table(
    subject: Ints,
    day: npt.ArrayLike,
    size: Ints,
    decides: Bools,
    *,
    baseline: npt.ArrayLike,
    start: npt.ArrayLike,
    progression: npt.ArrayLike,
    new_therapy: npt.ArrayLike,
    resection: npt.ArrayLike,
) -> tuple[Floats, Ints]:
    """Percent change (NaN none) and the row of the deepest sum (-1 none), an entry a subject.

    A row a visit: ``subject``, ``day``, ``size`` (the sum, 0.01 mm) and whether it ``decides``
    (complete, or PD). An entry a subject: ``baseline`` (0.01 mm) and days; absent is NaN or < 0
    for the baseline, NaN for days.
    """
    days = np.asarray(day, dtype=np.float64)
    base = np.asarray(baseline, dtype=np.float64)
    begin, last, therapy, surgery = (
        np.asarray(limit, dtype=np.float64)[subject]
        for limit in (start, progression, new_therapy, resection)
    )
    inside = (days >= begin) & ~(days > last) & ~(days > therapy) & ~(days >= surgery)
    rows = np.flatnonzero(inside & decides & (base[subject] > 0))
    rows = rows[np.lexsort((days[rows], size[rows], subject[rows]))]
    first = first_of_subject(subject[rows], np.ones(len(rows), dtype=np.bool_), len(base))
    row = np.append(rows, -1)[first]
    sums = np.append(size, 0)[row]
    with np.errstate(divide="ignore", invalid="ignore"):  # where there is no row there is no base
        percent = 100 * (sums - base) / base
    return np.where(row >= 0, percent, np.nan), row
