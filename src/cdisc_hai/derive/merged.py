"""Values brought in from another dataset: of the subject's only, first, last or nearest record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.flags import in_order
from cdisc_hai.derive.result import Derived
from cdisc_hai.derive.runs import runs
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days, given, narrowed
from cdisc_hai.derive.subjects import Ints, alike, taken
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation

LIMITS = {"not_after": True, "before": True, "not_before": False, "after": False}
"""The limits that a row may set, and whether its record is sought from there backward."""


@operation(
    "merged_value",
    stage="column",
    sentence=(
        "{value} of the record of {dataset}[ for which {where}][ with {match}]"
        "[, the {pick} by {order}][, dated by {date} on or before {not_after}]"
        "[, dated by {date} before {before}][, dated by {date} on or after {not_before}]"
        "[, dated by {date} after {after}]."
    ),
    dataset=Param("dataset"),
    value=Param("variable_of"),
    where=Param("where_of", required=False),
    match=Param("match", required=False),
    order=Param("[ordering_of]", required=False),
    pick=Param("text", required=False, choices=("first", "last")),
    date=Param("variable_of", required=False),
    impute=Param("imputation", required=False),
    not_after=Param("variable", required=False),
    before=Param("variable", required=False),
    not_before=Param("variable", required=False),
    after=Param("variable", required=False),
)
def merged_value(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    dataset: str,
    value: str,
    where: Mapping[str, Any] | None = None,
    match: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
    pick: str = "first",
    date: str | None = None,
    impute: Any = None,
    **limits: str,
) -> Derived:
    """A variable of the subject's record in another dataset; with ``match`` of the record alike.

    Of several records the first or last in ``order``; with a date limit of the row the nearest
    record on the allowed side of it, of one day the first or last in ``order``.
    """
    keys = [SUBJECT, *(match or {}).values()]
    asked = (*keys, value, date, *(word.split()[0] for word in order))
    table = narrowed(tables[dataset], where, asked, impute)
    table = in_order(table, keys, order) if order else table
    own, theirs = matched([frame[name] for name in (SUBJECT, *(match or {}))],
                          [given(table, name) for name in keys])  # fmt: skip
    if date is None:
        rows = one_row(own, theirs, pick)
    else:
        day = days(table, {"dataset": dataset, "date": date, "impute": impute})[0]
        rows = nearest(frame, own, theirs, day.to_numpy(dtype=float), limits, pick)
    values, refs = (taken(those, rows) for those in (given(table, value), column(table, "@ref")))
    return Derived(pd.Series(values, index=frame.index), pd.Series(refs, index=frame.index))


def matched(mine: Sequence[pd.Series], theirs: Sequence[pd.Series]) -> tuple[Ints, Ints]:
    """A number for each row of either side, by which all of its parts equal those of the other.

    Parts after the subject are compared as they are written; a missing one is an empty text.
    """
    own, other, _ = alike(mine[0], theirs[0])
    own, other = own.astype(np.int64), other.astype(np.int64)
    for one, two in zip(mine[1:], theirs[1:], strict=True):
        (codes, words), (codes2, words2) = distinct_texts(one), distinct_texts(two)
        number, every = pd.factorize(np.concatenate([words, words2]))
        count = len(every) + 1
        own = own * count + number[: len(words)][codes]
        other = other * count + number[len(words) :][codes2]
    return own, other


def one_row(own: Ints, theirs: Ints, pick: str) -> Ints:
    """For each own number the first or last row with it, -1 for none."""
    keys = pd.Series(theirs)
    kept = np.flatnonzero(~keys.duplicated(keep="first" if pick == "first" else "last"))
    return np.append(kept, -1)[pd.Index(theirs[kept]).get_indexer(pd.Index(own))]


def row_keys(frame: pd.DataFrame, match: Mapping[str, str]) -> np.ndarray:
    """What each row is matched by: its subject and the own variables of ``match``."""
    return record_keys([frame[name] for name in (SUBJECT, *match)], len(frame))


def record_keys(parts: Sequence[pd.Series], length: int) -> np.ndarray:
    """One text a record that says what it is matched by; a missing part matches nothing else."""
    if len(parts) == 1:
        return texts(parts[0]).to_numpy(dtype=object)
    codes, words = zip(*(distinct_texts(part) for part in parts), strict=True)
    code = np.zeros(length, dtype=np.int64)
    for own, every in zip(codes, words, strict=True):
        code = code * len(every) + own
    row, distinct = pd.factorize(code)
    joined = np.full(len(distinct), "", dtype=object)
    for every in words[::-1]:  # the last part is the last digit
        distinct, digit = np.divmod(distinct, max(len(every), 1))
        joined = "\0" + every[digit] + joined if len(every) else joined
    return joined[row]


def distinct_texts(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The number of each value's text, and the texts."""
    starts, lengths = runs(values)
    codes, every = pd.factorize(texts(values.iloc[starts]).to_numpy(dtype=object))
    return np.repeat(codes, lengths), every


def nearest(
    frame: pd.DataFrame,
    own: Ints,
    theirs: Ints,
    day: np.ndarray,
    limits: Mapping[str, str],
    pick: str,
) -> Ints:
    """For each row the record nearest to its limit, -1 where the row has no limit or no record."""
    (name, limit), *others = limits.items()
    if others:
        raise ValueError("takes one of not_after, before, not_before and after")
    known = np.flatnonzero(~np.isnan(day) & (theirs >= 0))
    distinct, rank = np.unique(day[known], return_inverse=True)
    keys = theirs[known] * len(distinct) + rank  # by subject, then by day
    order = np.argsort(keys, kind="stable")
    known, keys = known[order], keys[order]
    until = frame[limit].to_numpy(dtype=float)
    backward, included = LIMITS[name], name.startswith("not_")
    # the last day at or before the limit, or the first at or after it
    at = np.searchsorted(distinct, until, side="right" if backward == included else "left")
    at = at - 1 if backward else at
    sought = own * len(distinct) + at
    place = np.searchsorted(keys, sought, side="right") - 1 if backward else (
        np.searchsorted(keys, sought, side="left"))  # fmt: skip
    usable = ~np.isnan(until) & (own >= 0) & (at >= 0) & (at < len(distinct))
    usable &= (place >= 0) & (place < len(keys))
    place = np.where(usable, place, 0)
    if not len(keys):
        return np.full(len(own), -1, dtype=np.int64)
    usable &= keys[place] // max(len(distinct), 1) == own
    side: Any = "left" if pick == "first" else "right"
    place = np.searchsorted(keys, keys[place], side=side) - (pick != "first")
    return np.where(usable, known[place], -1)
