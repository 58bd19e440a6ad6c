"""RECIST 1.1 from the lesions of whole studies; the same answers as ``assess`` gives one by one."""

from __future__ import annotations

import numpy as np

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.nontarget_table import new_at, nontargets_at
from cdisc_hai.recist.policy import RECIST_1_1, Criteria, Policy
from cdisc_hai.recist.rows import Lesions, NewRows, NonTargetRows, TargetRows, Visits
from cdisc_hai.recist.sums_table import nadirs, sums_at
from cdisc_hai.recist.terms import Code, Ints
from cdisc_hai.recist.visit_table import AssessTable, overall_codes, target_codes


def assess_table(
    visits: Visits,
    targets: Lesions,
    baseline: TargetRows,
    target_rows: TargetRows,
    nontargets: Lesions,
    nontarget_rows: NonTargetRows,
    new_rows: NewRows,
    *,
    criteria: Criteria = RECIST_1_1,
    policy: Policy,
) -> AssessTable:
    """The responses of every visit; columns as ``rows`` describes them.

    Two visits of one day do not see each other: CR is that of the days before, and the nadir that
    of sums of earlier days.
    """
    _check_order(visits)
    subjects = 1 + max(int(t.subject.max(initial=-1)) for t in (visits, targets, nontargets))
    first = sums_at(baseline, targets, np.arange(subjects), criteria)
    chosen = np.bincount(targets.subject, minlength=subjects)
    base = np.where((first.valued == chosen) & (chosen > 0), first.sum, -1)
    sums = sums_at(target_rows, targets, visits.subject, criteria)
    others = nontargets_at(nontarget_rows, nontargets, visits, criteria=criteria, policy=policy)
    who = visits.subject
    complete = (sums.valued == chosen[who]) & (chosen[who] > 0)
    table = AssessTable(
        sum=np.where(sums.valued > 0, sums.sum, -1),
        complete=complete,
        nadir=nadirs(visits, np.where(complete, sums.sum, -1), base),
        baseline_sum=base[who],
        target=np.zeros(len(who), dtype=np.int64),
        nontarget=others.response.copy(),
        new=new_at(new_rows, visits),
        overall=np.zeros(len(who), dtype=np.int64),
        targets=chosen[who].astype(np.int64),
        valued=sums.valued,
        seen=sums.seen,
        after_cr=np.zeros(len(who), dtype=np.bool_),
    )
    _walk(table, visits, others.after_cr, subjects, criteria, policy)
    return table


def _walk(
    table: AssessTable,
    visits: Visits,
    nontarget_after_cr: Ints,
    subjects: int,
    criteria: Criteria,
    policy: Policy,
) -> None:
    """Fill in what depends on earlier visits: first visits of all subjects, then second, ..."""
    had_cr = np.zeros(subjects, dtype=np.bool_)  # on a day before
    has_cr = had_cr.copy()  # with this day
    day = np.full(subjects, -np.inf)
    for rows in _by_rank(visits.subject):
        who = visits.subject[rows]
        later = visits.day[rows] > day[who]
        had_cr[who] = np.where(later, has_cr[who], had_cr[who])
        day[who] = visits.day[rows]
        back = had_cr[who] & policy.reappearance_is_pd
        table.after_cr[rows] = back
        table.nontarget[rows] = np.where(back, nontarget_after_cr[rows], table.nontarget[rows])
        table.target[rows] = target_codes(table, rows, criteria)
        table.overall[rows] = overall_codes(
            table.target[rows], table.nontarget[rows], table.new[rows]
        )
        has_cr[who] |= table.overall[rows] == Code.CR


def _by_rank(subject: Ints) -> list[Ints]:
    """The rows of all first visits, of all second visits, and so on."""
    if not len(subject):
        return []
    change = np.flatnonzero(np.diff(subject)) + 1
    starts = np.concatenate([[0], change])
    lengths = np.diff(np.concatenate([starts, [len(subject)]]))
    rank = np.arange(len(subject)) - np.repeat(starts, lengths)
    order = np.argsort(rank, kind="stable")
    return np.split(order, np.cumsum(np.bincount(rank))[:-1])


def _check_order(visits: Visits) -> None:
    step = np.diff(visits.subject)
    if (step < 0).any() or ((step == 0) & (np.diff(visits.day) < 0)).any():
        raise DerivationError("visits must be sorted by subject and day")
    if np.isnan(visits.day).any() or (visits.subject < 0).any():
        raise DerivationError("a visit without a day or a subject")
