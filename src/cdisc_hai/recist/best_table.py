"""Best overall responses of whole studies; the same answers as ``best`` gives one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cdisc_hai.recist.best_words import best_reasons
from cdisc_hai.recist.column_words import Texts
from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.terms import Bools, Code, Floats, Ints
from cdisc_hai.recist.window_table import RESPONDERS, Windows, first_of_subject, response_windows

LESSER_THAN_CR = (Code.PR, Code.SD, Code.NON_CR_NON_PD)
NEED_MINIMUM = (Code.SD, Code.NON_CR_NON_PD)


@dataclass(frozen=True)
class BestTable:
    """One entry a subject: the response's code, its day (NaN none), rows of the input, and why.

    ``row`` gives the response, ``first_responder`` is the first CR or PR of the window; -1 none.
    """

    response: Ints
    day: Floats
    row: Ints
    first_responder: Ints
    reason: Texts


def best_response_table(
    subject: npt.ArrayLike,
    day: npt.ArrayLike,
    response: npt.ArrayLike,
    *,
    start: npt.ArrayLike,
    new_therapy: npt.ArrayLike,
    resection: npt.ArrayLike,
    n_subjects: int,
    policy: Policy,
) -> BestTable:
    """Best overall response, not confirmed, of subjects 0 to ``n_subjects`` - 1.

    A row an assessment in any order: ``subject`` (its number), ``day``, ``response`` (a ``Code``).
    An entry a subject: ``start``, ``new_therapy``, ``resection`` as days, NaN where there is none.
    """
    windows = response_windows(
        subject, day, response, start=start, new_therapy=new_therapy, resection=resection,
        n_subjects=n_subjects,
    )  # fmt: skip
    early = windows.since < policy.minimum_sd_days
    worth = np.where(early & np.isin(windows.code, NEED_MINIMUM), Code.NE, windows.code)
    return _ranked(windows, np.where(windows.usable, worth, Code.NE), policy)


def confirmed_response_table(
    subject: npt.ArrayLike,
    day: npt.ArrayLike,
    response: npt.ArrayLike,
    *,
    start: npt.ArrayLike,
    new_therapy: npt.ArrayLike,
    resection: npt.ArrayLike,
    n_subjects: int,
    policy: Policy,
) -> BestTable:
    """Confirmed best overall response; columns as in ``best_response_table``."""
    windows = response_windows(
        subject, day, response, start=start, new_therapy=new_therapy, resection=resection,
        n_subjects=n_subjects,
    )  # fmt: skip
    cut = windows.usable & _cut(windows, policy)
    counted = windows.usable & ~cut
    worth = np.where(windows.code == Code.PD, Code.PD, Code.NE)
    late = counted & (windows.since >= policy.minimum_sd_days)
    worth[late & np.isin(windows.code, (*RESPONDERS, Code.SD))] = Code.SD
    worth[late & (windows.code == Code.NON_CR_NON_PD)] = Code.NON_CR_NON_PD
    by = _confirming(windows, counted, policy)
    worth[by >= 0] = windows.code[by >= 0]
    return _ranked(windows, worth, policy, by=by, cut=cut)


def _cut(windows: Windows, policy: Policy) -> Bools:
    """Rows from the first lesser response after a CR on."""
    if policy.lesser_after_cr == "ignore":
        return np.zeros(len(windows.row), dtype=np.bool_)
    position = np.arange(len(windows.row))
    complete = first_of_subject(
        windows.subject, windows.usable & (windows.code == Code.CR), windows.subjects
    )[windows.subject]
    after = (complete >= 0) & (position > complete)
    lesser = after & windows.usable & np.isin(windows.code, LESSER_THAN_CR)
    end = first_of_subject(windows.subject, lesser, windows.subjects)[windows.subject]
    return (end >= 0) & (position >= end)


def _confirming(windows: Windows, counted: Bools, policy: Policy) -> Ints:
    """The later counted row that confirms the CR or PR of each row, -1 where none does."""
    rows = np.flatnonzero(counted)
    who, since, code = windows.subject[rows], windows.since[rows], windows.code[rows]
    found = np.full(len(windows.row), -1, dtype=np.int64)
    open_ = np.flatnonzero(np.isin(code, RESPONDERS))
    not_evaluable = np.zeros(len(rows), dtype=np.int64)
    step = 0
    while len(open_):  # one turn per rank of a later assessment, for all subjects at once
        step += 1
        open_ = open_[open_ + step < len(rows)]
        open_ = open_[who[open_] == who[open_ + step]]
        later = open_ + step
        better = code[later] <= code[open_]
        confirms = better & (since[later] - since[open_] >= policy.confirmation_days)
        found[rows[open_[confirms]]] = rows[later[confirms]]
        not_evaluable[open_] += code[later] == Code.NE
        stable = (
            policy.sd_between_pr & (code[open_] == Code.PR) & np.isin(code[later], NEED_MINIMUM)
        )
        goes_on = better | stable | (code[later] == Code.NE)
        goes_on &= ~confirms & (not_evaluable[open_] <= policy.max_ne_between)
        open_ = open_[goes_on]
    return found


def _ranked(
    windows: Windows,
    worth: Ints,
    policy: Policy,
    *,
    by: Ints | None = None,
    cut: Bools | None = None,
) -> BestTable:
    """The best worth of each subject, and the first row that gives it (NE: the first of all)."""
    best = np.full(windows.subjects, Code.MISSING, dtype=np.int64)
    np.minimum.at(best, windows.subject, worth)
    of_row = best[windows.subject]
    gives = first_of_subject(
        windows.subject, (worth == of_row) | (of_row == Code.NE), windows.subjects
    )
    responder = windows.usable & np.isin(windows.code, RESPONDERS)
    first = first_of_subject(windows.subject, responder, windows.subjects)
    rows, days = np.append(windows.row, -1), np.append(windows.day, np.nan)
    reason = best_reasons(windows, best, gives, policy, by=by, cut=cut)
    return BestTable(best, days[gives], rows[gives], rows[first], reason)
