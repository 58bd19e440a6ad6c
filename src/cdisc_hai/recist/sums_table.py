"""Sums of target lesions at many visits at once; the same sizes as ``target.target_values``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdisc_hai.recist.policy import Criteria
from cdisc_hai.recist.rows import Lesions, TargetCode, TargetRows, Visits, check_once, pairs
from cdisc_hai.recist.terms import Bools, Ints

_NONE = 2**40  # above every sum


@dataclass(frozen=True)
class Sums:
    """By visit: how many targets have a value, their sum (0.01 mm), whether disease is seen."""

    valued: Ints
    sum: Ints
    seen: Bools


def sums_at(rows: TargetRows, lesions: Lesions, at_subject: Ints, criteria: Criteria) -> Sums:
    """The sums of every visit (or subject, at baseline); ``at_subject`` says whose each is."""
    at, lesion, size = lesion_sizes(rows, lesions, at_subject, criteria)
    valued = np.bincount(at, minlength=len(at_subject)).astype(np.int64)
    total = np.zeros(len(at_subject), dtype=np.int64)
    np.add.at(total, at, size)
    limit = np.where(lesions.nodal[lesion], criteria.node_normal_below, 1)
    seen = np.zeros(len(at_subject), dtype=np.bool_)
    seen[at[size >= limit]] = True
    return Sums(valued, total, seen)


def nadirs(visits: Visits, size: Ints, base: Ints) -> Ints:
    """The smallest sum of an earlier day by visit, the baseline's included; -1 where there is none.

    ``size`` (0.01 mm) is -1 at a visit without a complete sum; ``base``, by subject, likewise.
    """
    order = np.lexsort((visits.sum_day, visits.subject))
    who, day = visits.subject[order], visits.sum_day[order]
    sums = np.where(size[order] >= 0, size[order], _NONE)
    starts = np.ones(len(who), dtype=np.bool_)
    starts[1:] = who[1:] != who[:-1]
    # lowered by subject, so that none of an earlier subject is the smallest; then one visit on
    smallest = np.minimum.accumulate(sums - who * (_NONE + 1)) + who * (_NONE + 1)
    before = np.where(starts, _NONE, np.roll(smallest, 1))
    first = starts.copy()
    first[1:] |= day[1:] != day[:-1]
    before = before[np.maximum.accumulate(np.where(first, np.arange(len(who)), 0))]
    found = np.empty(len(who), dtype=np.int64)
    found[order] = np.minimum(before, np.where(base[who] >= 0, base[who], _NONE))
    return np.where(found == _NONE, -1, found)


def lesion_sizes(
    rows: TargetRows, lesions: Lesions, at_subject: Ints, criteria: Criteria
) -> tuple[Ints, Ints, Ints]:
    """Visit, lesion and size of every pair that has a size; rows of unknown lesions left out."""
    known = np.flatnonzero(rows.lesion >= 0)
    state = rows.state[known]
    keys = pairs(rows.at[known], rows.lesion[known], lesions, at_subject)
    check_once(_one_per_split(keys, state), "a target lesion has two values")
    found, first, pair = np.unique(keys, return_index=True, return_inverse=True)
    own = _own_sizes(state, rows.size[known], criteria)
    size = np.zeros(len(found), dtype=np.int64)
    np.add.at(size, pair, own)
    size[pair[own < 0]] = -1
    # The host holds the whole; a host without a size of its own leaves both without one.
    merged = np.flatnonzero((state[first] == TargetCode.MERGED) & (rows.host[known][first] >= 0))
    if len(merged):
        at = rows.at[known][first][merged]
        host = at * len(lesions.subject) + rows.host[known][first][merged]
        place = np.minimum(np.searchsorted(found, host), len(found) - 1)
        holds = (found[place] == host) & (size[place] >= 0)
        size[merged[holds]] = 0
    valued = size >= 0
    return rows.at[known][first][valued], rows.lesion[known][first][valued], size[valued]


def _own_sizes(state: Ints, size: Ints, criteria: Criteria) -> Ints:
    """The size that each row states by itself, -1 for none."""
    stated = (state == TargetCode.MEASURED) | (state == TargetCode.SPLIT)
    own = np.where(stated & (size >= 0), size, -1)
    own[state == TargetCode.TOO_SMALL] = criteria.too_small
    own[state == TargetCode.ABSENT] = 0
    return own.astype(np.int64)


def _one_per_split(keys: Ints, state: Ints) -> Ints:
    """The keys, the fragments of one split lesion counted as one."""
    split = state == TargetCode.SPLIT
    return np.concatenate([keys[~split], np.unique(keys[split])])
