"""Whether the target lesions of a baseline were well chosen (Eisenhauer et al. 2009, 3.1, 4.2)."""

from __future__ import annotations

from collections import Counter

from cdisc_hai.recist.lesions import Baseline, Lesion
from cdisc_hai.recist.policy import RECIST_1_1, Criteria
from cdisc_hai.recist.target import target_values
from cdisc_hai.recist.words import millimetres

NODES = "lymph nodes"


def baseline_remarks(baseline: Baseline, criteria: Criteria = RECIST_1_1) -> tuple[str, ...]:
    """What is not as the criteria ask: sizes first, then how many lesions there are."""
    sizes = target_values(baseline.targets, baseline.values, criteria)
    remarks = [
        _size_remark(lesion, sizes.get(lesion.name), criteria) for lesion in baseline.targets
    ]
    if len(baseline.targets) > criteria.max_targets:
        remarks.append(f"{len(baseline.targets)} target lesions, at most {criteria.max_targets}")
    # All lymph nodes are one organ, wherever they lie.
    organs = Counter(NODES if lesion.nodal else lesion.organ for lesion in baseline.targets)
    for organ, count in organs.items():
        if organ and count > criteria.max_per_organ:
            remarks.append(f"{count} target lesions in {organ}, at most {criteria.max_per_organ}")
    return tuple(remark for remark in remarks if remark)


def least_measurable(lesion: Lesion, criteria: Criteria = RECIST_1_1) -> int:
    """The smallest size (0.01 mm) at which the lesion is measurable by its method."""
    if lesion.nodal:
        return criteria.measurable_node
    if lesion.method == "x-ray":
        return criteria.measurable_xray
    thick = lesion.slice is not None and lesion.slice > criteria.thin_slice
    if lesion.method == "ct" and thick and lesion.slice is not None:
        return max(criteria.measurable_longest, criteria.thick_slice_factor * lesion.slice)
    return criteria.measurable_longest


def _size_remark(lesion: Lesion, size: int | None, criteria: Criteria) -> str:
    if size is None:
        return f"{lesion.name}: no value at baseline, so no sum"
    least = least_measurable(lesion, criteria)
    if size >= least:
        return ""
    axis = "short axis" if lesion.nodal else "longest diameter"
    return (
        f"{lesion.name}: {axis} {millimetres(size)} mm is below {millimetres(least)} mm:"
        " not measurable"
    )
