"""Non-target and new lesions at many visits at once; the same answers as ``nontarget``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdisc_hai.recist.policy import Criteria, Policy
from cdisc_hai.recist.rows import (
    Lesions,
    NewRows,
    NonTargetCode,
    NonTargetRows,
    Visits,
    check_once,
    pairs,
)
from cdisc_hai.recist.terms import Bools, Code, Floats, Ints


@dataclass(frozen=True)
class NonTargets:
    """By visit: the response, and what it is where an earlier overall response was CR."""

    response: Ints
    after_cr: Ints


def nontargets_at(
    rows: NonTargetRows, lesions: Lesions, visits: Visits, *, criteria: Criteria, policy: Policy
) -> NonTargets:
    """The non-target response of every visit, for either past."""
    known = np.flatnonzero(rows.lesion >= 0)
    visit, lesion, state = rows.visit[known], rows.lesion[known], rows.state[known].copy()
    check_once(pairs(visit, lesion, lesions, visits.subject), "a non-target lesion has two states")
    nodal, size = lesions.nodal[lesion], rows.size[known]
    small = nodal & (size >= 0) & (size < criteria.node_normal_below)
    state[small & (state == NonTargetCode.PRESENT)] = NonTargetCode.ABSENT

    def any_(mask: Bools) -> Bools:
        return np.bincount(visit[mask], minlength=len(visits.subject)) > 0

    present = state == NonTargetCode.PRESENT
    chosen = _count(lesions.subject, visits.subject)
    told = np.bincount(visit, minlength=len(visits.subject))
    missing = told < chosen if policy.missing_as_ne else told == 0
    progressed = any_(state == NonTargetCode.PROGRESSED)
    unknown = missing | any_(state == NonTargetCode.NOT_EVALUABLE)
    none = chosen == 0

    def response(progression: Bools) -> Ints:
        conditions = [none, progression, unknown, any_(present)]
        codes = [Code.NA, Code.PD, Code.NE, Code.NON_CR_NON_PD]
        return np.select(conditions, codes, Code.CR).astype(np.int64)

    return NonTargets(response(progressed), response(progressed | any_(present & ~nodal)))


def new_lesion_days_table(rows: NewRows, visits: Visits) -> Floats:
    """By new lesion its first day, NaN where it was never unequivocal (be it later)."""
    lesions = int(rows.lesion.max(initial=-1)) + 1
    first = np.full(lesions, np.inf)
    np.minimum.at(first, rows.lesion, np.fmin(rows.day, visits.day[rows.visit]))
    certain = np.bincount(rows.lesion[~rows.equivocal], minlength=lesions) > 0
    return np.where(certain, first, np.nan)


def new_at(rows: NewRows, visits: Visits) -> Bools:
    """By visit whether a new lesion counts: from its first day on."""
    days = new_lesion_days_table(rows, visits)[rows.lesion]
    found = np.full(int(visits.subject.max(initial=-1)) + 1, np.inf)
    np.fmin.at(found, visits.subject[rows.visit], days)
    return np.asarray(visits.day >= found[visits.subject], dtype=np.bool_)


def _count(of: Ints, subject: Ints) -> Ints:
    """How many entries each row's subject has."""
    size = 1 + max(of.max(initial=-1), subject.max(initial=-1))
    return np.bincount(of, minlength=size)[subject].astype(np.int64)
