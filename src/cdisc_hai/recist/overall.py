"""The overall response of one visit (Eisenhauer et al. 2009, 4.4.1, tables 1 and 2)."""

from __future__ import annotations

from cdisc_hai.recist.terms import CR, NA, NED, PD, PR


def overall_response(target: str, nontarget: str, new: bool) -> str:
    """The overall response; NA stands for no such lesions at baseline, NED for none of either."""
    if new or PD in (target, nontarget):
        return PD
    if target == NA:
        return NED if nontarget == NA else nontarget
    if target == CR:
        return CR if nontarget in (CR, NA) else PR
    return target
