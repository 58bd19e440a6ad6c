"""The windows of assessments that enter the best responses, for whole studies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.terms import SEVERITY, Bools, Code, Floats, Ints

RESPONDERS = (Code.CR, Code.PR)


@dataclass(frozen=True)
class Windows:
    """The assessments of all windows, by subject and day; ``row`` is the row of the input."""

    row: Ints
    subject: Ints
    day: Floats
    since: Floats
    code: Ints
    usable: Bools
    subjects: int


def worst_of_day_rows(subject: npt.ArrayLike, day: npt.ArrayLike, response: npt.ArrayLike) -> Bools:
    """Mask of the rows that count: a subject's worst of each day, of equals the one given first."""
    subjects, days, codes = _columns(subject, day, response)
    rank = np.array(SEVERITY)[codes]
    order = np.lexsort((-rank, days, subjects))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(subjects[order]) != 0) | (np.diff(days[order]) != 0)
    counts = np.zeros(len(order), dtype=np.bool_)
    counts[order] = first
    return counts


def response_windows(
    subject: npt.ArrayLike,
    day: npt.ArrayLike,
    response: npt.ArrayLike,
    *,
    start: npt.ArrayLike,
    new_therapy: npt.ArrayLike,
    resection: npt.ArrayLike,
    n_subjects: int,
) -> Windows:
    """From the start to the first PD, both included, and not after the day of a new therapy."""
    subjects, days, codes = _columns(subject, day, response, n_subjects)
    starts, therapies, resections = (
        _per_subject(values, n_subjects) for values in (start, new_therapy, resection)
    )
    counts = worst_of_day_rows(subjects, days, codes)
    counts &= (days >= starts[subjects]) & ~(days > therapies[subjects])
    progressed = np.full(n_subjects, np.inf)
    pd_rows = counts & (codes == Code.PD)
    np.minimum.at(progressed, subjects[pd_rows], days[pd_rows])
    rows = np.flatnonzero(counts & (days <= progressed[subjects]))
    rows = rows[np.lexsort((days[rows], subjects[rows]))]
    who, when = subjects[rows], days[rows]
    code = np.where(codes[rows] == Code.NED, Code.CR, codes[rows]).astype(np.int64)
    usable = ~((when > resections[who]) & np.isin(code, RESPONDERS))
    return Windows(rows, who, when, when - starts[who], code, usable, n_subjects)


def first_of_subject(subject: Ints, mask: Bools, subjects: int) -> Ints:
    """By subject the first position where the mask is true, -1 where it never is."""
    positions = np.flatnonzero(mask)
    who, first = np.unique(subject[positions], return_index=True)
    found = np.full(subjects, -1, dtype=np.int64)
    found[who] = positions[first]
    return found


def _columns(
    subject: npt.ArrayLike,
    day: npt.ArrayLike,
    response: npt.ArrayLike,
    n_subjects: int | None = None,
) -> tuple[Ints, Floats, Ints]:
    subjects = np.asarray(subject, dtype=np.int64)
    days, codes = np.asarray(day, dtype=np.float64), np.asarray(response, dtype=np.int64)
    if not len(subjects) == len(days) == len(codes):
        raise DerivationError("subject, day and response differ in length")
    if len(subjects) and (
        subjects.min() < 0 or (n_subjects is not None and subjects.max() >= n_subjects)
    ):
        raise DerivationError(f"a subject number outside 0 to {n_subjects} (excluded)")
    ranks = np.array(SEVERITY)
    if not np.isin(codes, np.flatnonzero(ranks >= 0)).all():
        raise DerivationError("a response code that is no overall response")
    return subjects, days, codes


def _per_subject(values: npt.ArrayLike, n_subjects: int) -> Floats:
    days = np.asarray(values, dtype=np.float64)
    if days.shape != (n_subjects,):
        raise DerivationError(f"{days.shape} days for {n_subjects} subjects")
    return days
