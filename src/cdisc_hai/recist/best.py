"""Best overall response of one subject, unconfirmed and confirmed.

Eisenhauer et al. 2009, sections 4.4.3 and 4.6.1; what they leave open is the ``Policy``.

Days are whole numbers on any one scale (a date's ordinal will do).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.terms import CR, MISSING, NE, NON_CR_NON_PD, PD, PR, RESPONDERS, SD, TERMS
from cdisc_hai.recist.window import Assessment, response_window, usable

LESSER_THAN_CR = (PR, SD, NON_CR_NON_PD)
NEED_MINIMUM = (SD, NON_CR_NON_PD)


@dataclass(frozen=True)
class Best:
    """A best response, the assessment that gives it, and why.

    ``first_responder_*`` is the first CR or PR of the window, whatever the best response is.
    """

    response: str
    day: int | None
    ref: int | None
    first_responder_day: int | None
    first_responder_ref: int | None
    reason: str


def best_response(
    assessments: Sequence[Assessment],
    *,
    start: int,
    policy: Policy,
    new_therapy: int | None = None,
    resection: int | None = None,
) -> Best:
    """The best response of the window; SD and non-CR/non-PD count from the minimum on."""
    window = response_window(assessments, start=start, new_therapy=new_therapy)
    used = usable(window, resection)

    def worth(one: Assessment) -> str:
        early = one.day - start < policy.minimum_sd_days
        return NE if early and one.response in NEED_MINIMUM else one.response

    return _ranked(window, used, [worth(one) for one in used], start, policy)


def confirmed_response(
    assessments: Sequence[Assessment],
    *,
    start: int,
    policy: Policy,
    new_therapy: int | None = None,
    resection: int | None = None,
) -> Best:
    """As the best response, but a CR or PR must be confirmed; alone it is worth an SD."""
    window = response_window(assessments, start=start, new_therapy=new_therapy)
    used = usable(window, resection)
    counted = before_lesser(used) if policy.lesser_after_cr == "cut" else used
    pairs = [(one, confirmation(one, counted, policy)) for one in counted]
    # The PD that ends the window stays, also where a lesser response ended what counts.
    progression = tuple(one for one in used[len(counted) :] if one.response == PD)

    def worth(one: Assessment, confirming: Assessment | None) -> str:
        if one.response in RESPONDERS and confirming is not None:
            return one.response
        if one.response not in (*RESPONDERS, *NEED_MINIMUM):
            return one.response
        if one.day - start < policy.minimum_sd_days:
            return NE
        return SD if one.response in RESPONDERS else one.response

    worths = [worth(*pair) for pair in pairs] + [PD] * len(progression)
    found = _ranked(window, (*counted, *progression), worths, start, policy)
    return _with_confirmation(found, pairs, used[len(counted) :], start)


def before_lesser(used: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """What stands before the first lesser response after a CR.

    Disease seen after a true CR is progression, so what follows cannot confirm anything.
    """
    complete = False
    for position, one in enumerate(used):
        if complete and one.response in LESSER_THAN_CR:
            return tuple(used[:position])
        complete = complete or one.response == CR
    return tuple(used)


def confirmation(
    first: Assessment, counted: Sequence[Assessment], policy: Policy
) -> Assessment | None:
    """The first later assessment that confirms this CR or PR: the same or better, late enough."""
    if first.response not in RESPONDERS:
        return None
    better = RESPONDERS[: RESPONDERS.index(first.response) + 1]
    allowed = (*better, NE)
    if first.response == PR and policy.sd_between_pr:
        allowed += NEED_MINIMUM
    not_evaluable = 0
    for later in counted:
        if later.day <= first.day:
            continue
        if later.response in better and later.day - first.day >= policy.confirmation_days:
            return later
        not_evaluable += later.response == NE
        if later.response not in allowed or not_evaluable > policy.max_ne_between:
            return None
    return None


def _ranked(
    window: Sequence[Assessment],
    used: Sequence[Assessment],
    worths: Sequence[str],
    start: int,
    policy: Policy,
) -> Best:
    """The best of the worths and the first assessment that gives it."""
    if not window:
        return Best(MISSING, None, None, None, None, "no assessment in the window: MISSING")
    best = min([*worths, NE], key=TERMS.index)
    given = [one for one, worth in zip(used, worths, strict=True) if worth == best]
    by = window[0] if best == NE else given[0]
    responder = next((one for one in used if one.response in RESPONDERS), None)
    return Best(
        best,
        by.day,
        by.ref,
        responder.day if responder else None,
        responder.ref if responder else None,
        _reason(best, by, len(window), start, policy),
    )


def _reason(best: str, by: Assessment, assessments: int, start: int, policy: Policy) -> str:
    after = f"{by.response} {by.day - start} days after the start"
    of = f"of {assessments} in the window"
    if best == NE:
        return f"none {of} gives more than NE (SD from {policy.minimum_sd_days} days on): NE"
    if best != by.response:
        return f"{after} is not confirmed; from {policy.minimum_sd_days} days on: {best}"
    return f"{after}, the best {of}: {best}"


def _with_confirmation(
    best: Best,
    pairs: Sequence[tuple[Assessment, Assessment | None]],
    not_counted: Sequence[Assessment],
    start: int,
) -> Best:
    """The reason with the assessment that confirms, or with the one that ended what counts."""
    reason = best.reason
    for first, later in pairs:
        if later is not None and best.response in RESPONDERS and first.day == best.day:
            reason += f", confirmed by {later.response} {later.day - first.day} days later"
    if not_counted and best.response not in RESPONDERS:
        end = not_counted[0]
        reason += f"; what counts ends with {end.response} after a CR, at {end.day - start} days"
    return replace(best, reason=reason)
