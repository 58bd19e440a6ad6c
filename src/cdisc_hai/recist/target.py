"""Target lesions: values, sums and the target response (Eisenhauer et al. 2009, 4.3.1, 4.3.2).

Sizes in 0.01 mm. All comparisons are of whole numbers: exact, inclusive, nothing rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import Lesion, TargetValue
from cdisc_hai.recist.policy import Criteria
from cdisc_hai.recist.terms import CR, NA, NE, PD, PR, SD


@dataclass(frozen=True)
class TargetFigures:
    """All that decides a target response.

    ``sum`` is of the ``valued`` among ``targets`` lesions. ``seen``: one of them is disease (a
    lesion above 0, a node not normal). ``after_cr``: an earlier overall response was CR.
    """

    targets: int
    valued: int
    sum: int
    seen: bool
    nadir: int | None
    baseline: int | None
    after_cr: bool = False

    @property
    def complete(self) -> bool:
        """Whether every target lesion has a value."""
        return self.valued == self.targets > 0


def target_values(
    targets: Sequence[Lesion], values: Sequence[TargetValue], criteria: Criteria
) -> dict[str, int]:
    """The size of each target lesion that has one; lesions not chosen at baseline are left out."""
    names = {lesion.name for lesion in targets}
    rows = {value.lesion: value for value in values if value.lesion in names}
    if len(rows) < sum(value.lesion in names for value in values):
        raise DerivationError("a target lesion has two values at one visit")
    own = {name: own_size(value, criteria) for name, value in rows.items()}
    # The host holds the whole; a host without a size of its own leaves both without one.
    hosts = {name for name, size in own.items() if size is not None}
    merged = {name: 0 for name, value in rows.items() if value.state == "merged"}
    own |= {name: size for name, size in merged.items() if rows[name].host in hosts}
    return {name: size for name, size in own.items() if size is not None}


def own_size(value: TargetValue, criteria: Criteria) -> int | None:
    """The size that a value states by itself; never 0 for what was not evaluated."""
    if value.state == "absent":
        return 0
    if value.state == "too small":
        return criteria.too_small
    parts: tuple[int | None, ...] = ()
    if value.state == "measured":
        parts = (value.size,)
    elif value.state == "split":
        parts = value.fragments
    sizes = [part for part in parts if part is not None and part >= 0]
    return sum(sizes) if sizes and len(sizes) == len(parts) else None


def disease_seen(targets: Sequence[Lesion], sizes: dict[str, int], criteria: Criteria) -> bool:
    """Whether a target is disease: any size, but a node only from its limit of the normal on."""
    return any(
        sizes.get(lesion.name, 0) >= (criteria.node_normal_below if lesion.nodal else 1)
        for lesion in targets
    )


def grown(size: int, nadir: int, criteria: Criteria) -> bool:
    """At least 20 % and at least 5 mm above the nadir; from nadir 0 the 5 mm alone decide."""
    growth = size - nadir
    return growth >= criteria.growth_absolute and 100 * growth >= criteria.growth_percent * nadir


def shrunk(size: int, baseline: int, criteria: Criteria) -> bool:
    """At least 30 % below the baseline."""
    return 100 * (baseline - size) >= criteria.shrinkage_percent * baseline


def target_response(figures: TargetFigures, criteria: Criteria) -> str:
    """CR, PR, SD, PD, NE, or NA without target lesions; the first rule that fits decides."""
    if not figures.targets:
        return NA
    if figures.baseline is None or figures.nadir is None:
        return NE
    if figures.after_cr and figures.seen:
        return PD
    progressed = grown(figures.sum, figures.nadir, criteria)
    if not figures.complete:  # what was measured may be enough: more lesions only add to it
        return PD if progressed else NE
    if not figures.seen:
        return CR
    if progressed:
        return PD
    return PR if shrunk(figures.sum, figures.baseline, criteria) else SD
