"""Why best responses are what they are, for whole studies; words as those of ``best`` for one."""

from __future__ import annotations

import numpy as np

from cdisc_hai.recist.column_words import Texts, joined, written
from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.terms import Bools, Code, Ints, decode
from cdisc_hai.recist.window_table import RESPONDERS, Windows, first_of_subject


def best_reasons(
    windows: Windows,
    best: Ints,
    gives: Ints,
    policy: Policy,
    *,
    by: Ints | None = None,
    cut: Bools | None = None,
) -> Texts:
    """The reason of each subject's best response.

    ``gives``: the position in the windows that gives it, -1 for none. For confirmed responses:
    ``by``, the position that confirms each, -1 for none, and ``cut``, what does not count after
    a lesser response.
    """
    found = np.full(windows.subjects, "no assessment in the window: MISSING", dtype=object)
    whom = np.flatnonzero(gives >= 0)
    response, given = best[whom], gives[whom]
    code = windows.code[given]
    after = joined(decode(code), " ", written(_days(windows, given)), " days after the start")
    in_window = np.bincount(windows.subject, minlength=windows.subjects)[whom]
    of = joined(" of ", written(in_window), " in the window")
    least = f"from {policy.minimum_sd_days} days on"
    found[whom] = np.select(
        [response == Code.NE, response != code],
        [
            joined("none", of, f" gives more than NE (SD {least}): NE"),
            joined(after, f" is not confirmed; {least}: ", decode(response)),
        ],
        joined(after, ", the best", of, ": ", decode(response)),
    )
    if by is not None:
        _tell_confirming(found, windows, best, gives, by)
    if cut is not None:
        _tell_end(found, windows, best, cut)
    return found


def _tell_confirming(found: Texts, windows: Windows, best: Ints, gives: Ints, by: Ints) -> None:
    whom = np.flatnonzero((gives >= 0) & np.isin(best, RESPONDERS))
    whom = whom[by[gives[whom]] >= 0]
    first, later = gives[whom], by[gives[whom]]
    days = _days(windows, later) - _days(windows, first)
    word = decode(windows.code[later])
    found[whom] += joined(", confirmed by ", word, " ", written(days), " days later")


def _tell_end(found: Texts, windows: Windows, best: Ints, cut: Bools) -> None:
    end = first_of_subject(windows.subject, cut, windows.subjects)
    whom = np.flatnonzero((end >= 0) & ~np.isin(best, RESPONDERS))
    word, days = decode(windows.code[end[whom]]), written(_days(windows, end[whom]))
    found[whom] += joined("; what counts ends with ", word, " after a CR, at ", days, " days")


def _days(windows: Windows, rows: Ints) -> Ints:
    return windows.since[rows].astype(np.int64)
