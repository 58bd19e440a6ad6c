"""Why responses are what they are, for whole studies; the same words as ``explain`` has for one.

A size, a change and a percentage are written once for each that differs, and put together after.
"""

from __future__ import annotations

import numpy as np

from cdisc_hai.recist.column_words import Texts, joined, written
from cdisc_hai.recist.policy import RECIST_1_1, Criteria
from cdisc_hai.recist.terms import Code, Ints, decode
from cdisc_hai.recist.visit_table import AssessTable
from cdisc_hai.recist.words import millimetres, percent_change, signed_mm


def reasons(table: AssessTable, criteria: Criteria = RECIST_1_1) -> Texts:
    """The reason of each visit in words and figures."""
    target, nontarget, overall = map(decode, (table.target, table.nontarget, table.overall))
    new = np.where(table.new, "; new lesion: PD", "").astype(object)
    told = joined(_target(table, criteria), ": ", target, "; non-target ", nontarget)
    return joined(told, new, "; overall ", overall)


def _target(table: AssessTable, criteria: Criteria) -> Texts:
    """What is said of the target lesions, before the response itself."""
    found = np.full(len(table.sum), "no complete sum at baseline", dtype=object)
    found[table.targets == 0] = "no target lesions"
    rows = np.flatnonzero((table.targets > 0) & (table.baseline_sum >= 0) & (table.nadir >= 0))
    response, whole = table.target[rows], table.complete[rows]
    size = np.maximum(table.sum[rows], 0)
    valued, targets = (written(of[rows]) for of in (table.valued, table.targets))
    part = joined(valued, " of ", targets, " targets have a value, ")
    told = joined(np.where(whole, "", part), "sum ", written(size, millimetres), " mm, ")
    progressed = response == Code.PD
    back = progressed & table.after_cr[rows] & table.seen[rows]
    gone = response == Code.CR
    nadir = _change("nadir", size, table.nadir[rows], criteria)
    baseline = _change("baseline", size, table.baseline_sum[rows], criteria)
    rules = [
        (back, np.array("target disease seen again after CR", dtype=object)),
        (gone, np.array("all targets gone or normal nodes", dtype=object)),
        (progressed | ~whole, nadir),
    ]
    conditions, texts = zip(*rules, strict=True)
    found[rows] = told + np.select(conditions, texts, joined(baseline, "; ", nadir))
    return found


def _change(name: str, size: Ints, reference: Ints, criteria: Criteria) -> Texts:
    percent = np.where(reference > 0, _percent(size, reference, criteria), "")
    step = written(size - reference, signed_mm)
    return joined(f"{name} ", written(reference, millimetres), " mm: ", percent, step)


def _percent(size: Ints, reference: Ints, criteria: Criteria) -> Texts:
    """``percent_change`` with a comma behind it; of references of 0 anything."""
    below = np.maximum(reference, 1)
    exact = 1000 * (size - reference)  # in tenths of a percent, times the reference
    units, rest = np.divmod(exact, below)
    units += (2 * rest > below) | ((2 * rest == below) & (units % 2 == 1))
    sign = np.where(size > reference, "+", "").astype(object)
    found = joined(sign, written(units, lambda of: f"{of / 10:.1f} %, "))
    limits = [10 * criteria.growth_percent, -10 * criteria.shrinkage_percent]
    # one decimal would feign a limit: more of them are needed
    for row in np.flatnonzero(np.isin(units, limits) & (units * below != exact)):
        found[row] = f"{percent_change(int(size[row]), int(below[row]), criteria)}, "
    return found
