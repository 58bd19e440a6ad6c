"""RECIST 1.1 from the lesions of one subject: every visit's responses, with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import Baseline, Visit, VisitResult
from cdisc_hai.recist.nontarget import certain_days, new_lesion_days, nontarget_response
from cdisc_hai.recist.overall import overall_response
from cdisc_hai.recist.policy import RECIST_1_1, Criteria, Policy
from cdisc_hai.recist.target import TargetFigures, disease_seen, target_response, target_values
from cdisc_hai.recist.terms import CR
from cdisc_hai.recist.words import target_reason


@dataclass(frozen=True)
class _Past:
    """What earlier days decide of a visit: the smallest complete sum, and a CR if any."""

    nadir: int | None
    after_cr: bool


def assess(
    baseline: Baseline,
    visits: Sequence[Visit],
    *,
    criteria: Criteria = RECIST_1_1,
    policy: Policy,
) -> tuple[VisitResult, ...]:
    """A result a visit; visits come in order of their days, and none from before the start.

    Two visits of one day do not see each other: CR is that of the days before, and the nadir that
    of sums of earlier days.
    """
    if any(later.day < earlier.day for earlier, later in pairwise(visits)):
        raise DerivationError("visits must be in order of their days")
    base = baseline_sum(baseline, criteria)
    new_days, sure = new_lesion_days(visits), certain_days(visits)
    sums = _complete_sums(baseline, visits, criteria)
    results: list[VisitResult] = []
    for visit in visits:
        before = [size for day, size in sums if day < _sum_day(visit)]
        nadir = min(before if base is None else [*before, base], default=None)
        after_cr = any(result.overall == CR and result.day < visit.day for result in results)
        past = _Past(nadir, after_cr)
        new = {name: sure[name] for name, day in new_days.items() if day <= visit.day}
        results.append(_assess_visit(baseline, base, visit, new, past, criteria, policy))
    return tuple(results)


def baseline_sum(baseline: Baseline, criteria: Criteria = RECIST_1_1) -> int | None:
    """The sum of diameters at baseline in 0.01 mm; None unless every target has a value."""
    sizes = target_values(baseline.targets, baseline.values, criteria)
    complete = len(sizes) == len(baseline.targets) > 0
    return sum(sizes.values()) if complete else None


def _sum_day(visit: Visit) -> int:
    return visit.day if visit.sum_day is None else visit.sum_day


def _complete_sums(
    baseline: Baseline, visits: Sequence[Visit], criteria: Criteria
) -> list[tuple[int, int]]:
    """The day and the size of each sum after baseline that is complete."""
    values = [(_sum_day(v), target_values(baseline.targets, v.targets, criteria)) for v in visits]
    whole = len(baseline.targets)
    return [(day, sum(sizes.values())) for day, sizes in values if len(sizes) == whole > 0]


def _assess_visit(
    baseline: Baseline,
    base: int | None,
    visit: Visit,
    new: dict[str, int],
    past: _Past,
    criteria: Criteria,
    policy: Policy,
) -> VisitResult:
    sizes = target_values(baseline.targets, visit.targets, criteria)
    seen = disease_seen(baseline.targets, sizes, criteria)
    back = past.after_cr and policy.reappearance_is_pd
    figures = TargetFigures(
        len(baseline.targets), len(sizes), sum(sizes.values()), seen, past.nadir, base, back
    )
    target = target_response(figures, criteria)
    nontarget, nontarget_reason = nontarget_response(
        baseline.nontargets, visit.nontargets, after_cr=back, criteria=criteria, policy=policy
    )
    overall = overall_response(target, nontarget, bool(new))
    reasons = [target_reason(figures, target, criteria), nontarget_reason]
    if new:
        reasons.append(f"new lesion {', '.join(_told(new, visit.day))}: PD")
    return VisitResult(
        ref=visit.ref,
        day=visit.day,
        sum=figures.sum if sizes else None,
        complete=figures.complete,
        nadir=past.nadir,
        baseline_sum=base,
        target=target,
        nontarget=nontarget,
        new=bool(new),
        overall=overall,
        reason="; ".join((*reasons, f"overall {overall}")),
    )


def _told(new: dict[str, int], day: int) -> list[str]:
    """New lesions that count by the day from which they are certain; a doubtful one says so."""
    return [
        f"{name} (equivocal until confirmed later)" if sure > day else name
        for name, sure in sorted(new.items())
    ]
