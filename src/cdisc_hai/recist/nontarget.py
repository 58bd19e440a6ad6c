"""Non-target and new lesions (Eisenhauer et al. 2009, sections 4.3.3 to 4.3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import Lesion, NonTargetValue, Visit
from cdisc_hai.recist.policy import Criteria, Policy
from cdisc_hai.recist.terms import CR, NA, NE, NON_CR_NON_PD, PD


def nontarget_response(
    lesions: Sequence[Lesion],
    values: Sequence[NonTargetValue],
    *,
    after_cr: bool,
    criteria: Criteria,
    policy: Policy,
) -> tuple[str, str]:
    """CR, non-CR/non-PD, PD, NE, or NA without non-target lesions; and the reason in words.

    ``after_cr``: an earlier overall response was CR, so that a lesion present (no node) is PD.
    """
    if not lesions:
        return NA, "no non-target lesions: NA"
    states = nontarget_states(lesions, values, criteria)
    by_state = {state: [n for n in states if states[n] == state] for state in states.values()}
    back = [
        lesion.name for lesion in lesions if not lesion.nodal and states[lesion.name] == "present"
    ]
    unknown = by_state.get("not evaluable", [])
    if policy.missing_as_ne or len(by_state.get("missing", [])) == len(lesions):
        unknown = unknown + by_state.get("missing", [])
    for response, names, what in (
        (PD, by_state.get("progressed", []), "progressed"),
        (PD, back if after_cr else [], "present again after CR"),
        (NE, unknown, "not evaluated"),
        (NON_CR_NON_PD, by_state.get("present", []), "present"),
    ):
        if names:
            return response, f"non-target {', '.join(names)} {what}: {response}"
    return CR, "all non-target lesions gone: CR"


def nontarget_states(
    lesions: Sequence[Lesion], values: Sequence[NonTargetValue], criteria: Criteria
) -> dict[str, str]:
    """The state of each lesion of baseline, "missing" without a row; a normal node is absent."""
    states = {lesion.name: "missing" for lesion in lesions}
    nodes = {lesion.name for lesion in lesions if lesion.nodal}
    for value in values:
        if value.lesion not in states:
            continue
        if states[value.lesion] != "missing":
            raise DerivationError(f"{value.lesion} has two states at one visit")
        small = value.size is not None and 0 <= value.size < criteria.node_normal_below
        normal = small and value.lesion in nodes and value.state == "present"
        states[value.lesion] = "absent" if normal else value.state
    return states


def new_lesion_days(visits: Sequence[Visit]) -> dict[str, int]:
    """The first day of each new lesion that was unequivocal once, be it later than that day."""
    first: dict[str, int] = {}
    certain: set[str] = set()
    for visit in visits:
        for sighting in visit.new:
            day = visit.day if sighting.day is None else min(sighting.day, visit.day)
            first[sighting.lesion] = min(day, first.get(sighting.lesion, day))
            if not sighting.equivocal:
                certain.add(sighting.lesion)
    return {name: day for name, day in first.items() if name in certain}


def certain_days(visits: Sequence[Visit]) -> dict[str, int]:
    """The day of the first visit at which each new lesion was unequivocal."""
    sure: dict[str, int] = {}
    for visit in visits:
        for sighting in visit.new:
            if not sighting.equivocal:
                sure.setdefault(sighting.lesion, visit.day)
    return sure
