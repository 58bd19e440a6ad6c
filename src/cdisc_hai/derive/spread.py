"""Records of an interval as one record for each day on which something was due: single doses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables, given
from cdisc_hai.derive.sources import days as days_of
from cdisc_hai.derive.subjects import among
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation

Floats = npt.NDArray[np.float64]


@operation(
    "spread_records",
    stage="records",
    sentence=(
        "One record for each day from {start} to {end} of each record of {dataset}[ for which "
        "{where}][, every {every} days][, as many days apart as {frequency} says: {days}]: {gives}"
        "[, numbered within it: {number}][; with {take}][ and {keep}]."
    ),
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    start=Param("variable_of"),
    end=Param("variable_of"),
    every=Param("number", required=False),
    frequency=Param("variable_of", required=False),
    days=Param("any", required=False),
    gives=Param("text", required=False),
    number=Param("text", required=False),
    take=Param("{variable_of}", required=False),
    keep=Param("[variable_of]", required=False),
)
def spread_records(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    start: str,
    end: str,
    where: Mapping[str, Any] | None = None,
    every: float = 1,
    frequency: str | None = None,
    days: Mapping[str, Any] | None = None,
    gives: str = "ADT",
    number: str = "",
    take: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """Each record once for every day from ``start`` to ``end``, both included.

    ``every`` is the distance in days; with ``frequency`` it is what ``days`` has for that variable
    (0.5: twice a day), for a term that it does not have ``every``. A record without start makes
    none, one without end, or with one before its start, that of its start alone.
    """
    table = tables[dataset]
    table = table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]
    table = table[days_of(table, {"dataset": dataset, "date": start})[0].notna()]
    first, last = (
        days_of(table, {"dataset": dataset, "date": name})[0].to_numpy(dtype=float)
        for name in (start, end)
    )
    step = np.full(len(table), float(every))
    if frequency is not None:
        known = {str(term): float(value) for term, value in (days or {}).items()}
        told = texts(given(table, frequency)).map(known).to_numpy(dtype=float)
        step = np.where(np.isnan(told), step, told)
    times = _times(last - first, step)
    rows = np.repeat(np.arange(len(table)), times)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    spread = table.iloc[rows]
    names = {**{name: name for name in keep}, **(take or {})}
    values = {name: given(spread, theirs).to_numpy() for name, theirs in names.items()}
    at = {gives: first[rows] + np.floor(place * step[rows])}
    counted = {number: place + 1.0} if number else {}
    own = {SUBJECT: spread[SUBJECT].to_numpy(), "@from": spread["@ref"].to_numpy(dtype=object)}
    return pd.DataFrame({**own, **values, **at, **counted})


def _times(length: Floats, step: Floats) -> npt.NDArray[np.int64]:
    """How often something is due in so many days; on the first day always."""
    if (step <= 0).any():
        raise ValueError("records are spread more than 0 days apart")
    later = np.where(step < 1, 1 - step, 0.0)  # what is due later on the last day
    whole = np.nan_to_num(np.floor(np.round((length + later) / step, 9)), nan=0.0)
    times: npt.NDArray[np.int64] = np.clip(whole, 0, None).astype(np.int64) + 1
    return times
