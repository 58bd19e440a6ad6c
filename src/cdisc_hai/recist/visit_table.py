"""The answers of all visits of a study as arrays, and the rules that fill them in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdisc_hai.recist.policy import RECIST_1_1, Criteria
from cdisc_hai.recist.target import TargetFigures
from cdisc_hai.recist.terms import TERMS, Bools, Code, Ints
from cdisc_hai.recist.words import target_reason


@dataclass(frozen=True)
class AssessTable:
    """One entry a visit: responses as ``Code``; sums in 0.01 mm, -1 where there is none.

    ``sum`` is what could be measured, the whole only where ``complete``. ``targets``, ``valued``,
    ``seen`` and ``after_cr`` are the further figures that decide.
    """

    sum: Ints
    complete: Bools
    nadir: Ints
    baseline_sum: Ints
    target: Ints
    nontarget: Ints
    new: Bools
    overall: Ints
    targets: Ints
    valued: Ints
    seen: Bools
    after_cr: Bools

    @property
    def decides_depth(self) -> Bools:
        """Whether the sum is complete, or enough of it to be progression."""
        decides = (self.sum >= 0) & (self.complete | (self.target == Code.PD))
        return np.asarray(decides, dtype=np.bool_)


def target_codes(table: AssessTable, rows: Ints, criteria: Criteria) -> Ints:
    """Target responses of these rows, whose nadir is filled in; the rules of ``target``."""
    size, base = np.maximum(table.sum[rows], 0), table.baseline_sum[rows]
    nadir, seen, whole = table.nadir[rows], table.seen[rows], table.complete[rows]
    growth = size - nadir
    grown = (growth >= criteria.growth_absolute) & (100 * growth >= criteria.growth_percent * nadir)
    shrunk = 100 * (base - size) >= criteria.shrinkage_percent * base
    rules = [
        (table.targets[rows] == 0, Code.NA),
        (base < 0, Code.NE),
        (table.after_cr[rows] & seen, Code.PD),
        (~whole & grown, Code.PD),
        (~whole, Code.NE),
        (~seen, Code.CR),
        (grown, Code.PD),
        (shrunk, Code.PR),
    ]
    conditions, codes = zip(*rules, strict=True)
    return np.asarray(np.select(conditions, codes, Code.SD), dtype=np.int64)


def overall_codes(target: Ints, nontarget: Ints, new: Bools) -> Ints:
    """Overall responses; the tables of ``overall.overall_response``."""
    gone = (nontarget == Code.CR) | (nontarget == Code.NA)
    rules = [
        (new | (target == Code.PD) | (nontarget == Code.PD), Code.PD),
        ((target == Code.NA) & (nontarget == Code.NA), Code.NED),
        (target == Code.NA, nontarget),
        ((target == Code.CR) & ~gone, Code.PR),
    ]
    conditions, codes = zip(*rules, strict=True)
    return np.asarray(np.select(conditions, codes, target), dtype=np.int64)


def explain(table: AssessTable, row: int, criteria: Criteria = RECIST_1_1) -> str:
    """Why one visit's responses are what they are, in words and figures."""
    base, nadir = int(table.baseline_sum[row]), int(table.nadir[row])
    figures = TargetFigures(
        targets=int(table.targets[row]),
        valued=int(table.valued[row]),
        sum=max(int(table.sum[row]), 0),
        seen=bool(table.seen[row]),
        nadir=None if nadir < 0 else nadir,
        baseline=None if base < 0 else base,
        after_cr=bool(table.after_cr[row]),
    )
    parts = [target_reason(figures, TERMS[table.target[row]], criteria)]
    parts.append(f"non-target {TERMS[table.nontarget[row]]}")
    if table.new[row]:
        parts.append("new lesion: PD")
    return "; ".join((*parts, f"overall {TERMS[table.overall[row]]}"))
