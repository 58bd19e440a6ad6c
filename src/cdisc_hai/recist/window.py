"""The window of one subject's overall responses that enters the best response.

Days are whole numbers on any one scale (a date's ordinal will do).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.terms import CR, NED, PD, RESPONDERS, severity


@dataclass(frozen=True)
class Assessment:
    """One overall response: its day, its term, and ``ref``, the caller's own number for it."""

    day: int
    response: str
    ref: int = -1


def worst_of_day(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """One assessment a day, by day: the worst, of equals the one given first."""
    worst: dict[int, Assessment] = {}
    for one in assessments:
        if severity(one.response) < 0:
            raise DerivationError(f"{one.response!r} is no overall response")
        if one.day not in worst or severity(one.response) > severity(worst[one.day].response):
            worst[one.day] = one
    return tuple(worst[day] for day in sorted(worst))


def response_window(
    assessments: Sequence[Assessment], *, start: int, new_therapy: int | None = None
) -> tuple[Assessment, ...]:
    """From the start to the first PD, both included, and not after the day of a new therapy."""
    window = []
    for one in worst_of_day(assessments):
        if one.day < start or (new_therapy is not None and one.day > new_therapy):
            continue
        window.append(Assessment(one.day, CR if one.response == NED else one.response, one.ref))
        if one.response == PD:
            break
    return tuple(window)


def usable(window: Sequence[Assessment], resection: int | None) -> tuple[Assessment, ...]:
    """Without the responses after the day of a resection: the surgeon made them, not the drug."""
    if resection is None:
        return tuple(window)
    return tuple(a for a in window if a.day <= resection or a.response not in RESPONDERS)
