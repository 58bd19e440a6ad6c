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
    found = _taken(table, keys, value)
    wanted = row_keys(frame, match or {})
    if date is None:
        one = found.drop_duplicates("key", keep="first" if pick == "first" else "last")
        got = one.set_index("key").reindex(wanted)
        return _derived(frame, got)
    source = {"dataset": dataset, "date": date, "impute": impute}
    found["day"] = days(table, source)[0].to_numpy(dtype=float)
    return _derived(frame, nearest(frame, found, wanted, limits, pick))


def _taken(table: pd.DataFrame, keys: Sequence[str], value: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": record_keys([given(table, name) for name in keys], len(table)),
            "value": given(table, value).to_numpy(),
            "ref": column(table, "@ref").to_numpy(),
        }
    )


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
    found: pd.DataFrame,
    wanted: np.ndarray,
    limits: Mapping[str, str],
    pick: str,
) -> pd.DataFrame:
    """For each row the record nearest to its limit; none where the row has no limit."""
    (name, limit), *others = limits.items()
    backward = LIMITS[name]
    if others:
        raise ValueError("takes one of not_after, before, not_before and after")
    known = found[found["day"].notna()]
    known = known.drop_duplicates(["key", "day"], keep="first" if pick == "first" else "last")
    rows = pd.DataFrame({"key": wanted, "day": frame[limit].to_numpy(dtype=float)})
    rows["row"] = np.arange(len(rows))
    dated = rows[rows["day"].notna()].sort_values("day", kind="stable")
    merged = pd.merge_asof(
        dated.astype({"key": object}),
        known.sort_values("day", kind="stable").astype({"key": object}),
        on="day",
        by="key",
        direction="backward" if backward else "forward",
        allow_exact_matches=name.startswith("not_"),
    )
    return merged.set_index("row").reindex(rows["row"])


def _derived(frame: pd.DataFrame, got: pd.DataFrame) -> Derived:
    values = pd.Series(got["value"].to_numpy(), index=frame.index)
    if not pd.api.types.is_numeric_dtype(values):
        values = values.astype(object).where(values.notna(), "")
    refs = pd.Series(got["ref"].to_numpy(), index=frame.index).astype(object)
    return Derived(values, refs.where(refs.notna(), ""))
