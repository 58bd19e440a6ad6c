"""A time that ends where another parameter's time ends, and begins elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cdisc_hai.derive.moments import moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.result import Doubt, Records
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.derive.subjects import places
from cdisc_hai.metadata.dates import iso_of_day
from cdisc_hai.registry import Param, operation

_ENDS = ("ADT", "ADTF", "CNSR", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCVAR", "SRCSEQ")


@operation(
    "time_to_same_end",
    stage="records",
    sentence=(
        "Days from {start} to the date of the parameter {parameter}, both included, with its "
        "censoring[; an end before the start: {before_start}]."
    ),
    start=Param("text"),
    parameter=Param("parameter"),
    moments=Param("{shape:moment}"),
    before_start=Param("text", required=False, choices=("kept", "moved", "left out")),
)
def time_to_same_end(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    start: str,
    parameter: str,
    moments: Mapping[str, Mapping[str, Any]],
    before_start: str = "kept",
) -> Records:
    """One record a subject with the start and with the other parameter: STARTDT, AVAL in days.

    ADT, CNSR, their descriptions and their source are those of the other parameter. An end before
    the start is told; the record is kept, its end moved to the start, or the record left out.
    """
    begin = moments_of(subjects, tables, moments, made)[start]
    ends = made[parameter]
    rows = places(ends[SUBJECT], subjects[SUBJECT])
    begun = rows >= 0
    begun[begun] = begin["day"].notna().to_numpy()[rows[begun]]
    ends = ends[begun].reset_index(drop=True)
    first = begin.iloc[rows[begun]].reset_index(drop=True)
    refs = [f"{end};{origin}" for end, origin in zip(ends["@from"], first["ref"], strict=True)]
    early = ends["ADT"] < first["day"]
    day = ends["ADT"].where(~early, first["day"]) if before_start == "moved" else ends["ADT"]
    found = ends[[SUBJECT, *_ENDS]].assign(
        ADT=day,
        STARTDT=first["day"],
        AVAL=day - first["day"] + 1,
        **{"@from": pd.Series(refs, index=ends.index, dtype=object)},
    )
    told = _told(first[early], ends["ADT"][early], parameter, before_start)
    if before_start == "left out":
        found = found[~early].reset_index(drop=True)
    return Records(found, told)


_DONE = {
    "kept": "the time is not positive",
    "moved": "it ends on its start",
    "left out": "it has no record",
}


def _told(starts: pd.DataFrame, ends: pd.Series, parameter: str, done: str) -> list[Doubt]:
    """Times that would end before they begin."""
    messages = [
        f"{parameter} ends on {iso_of_day(end)}, before this start {iso_of_day(day)}: {_DONE[done]}"
        for end, day in zip(ends, starts["day"], strict=True)
    ]
    mend = "correct the dates, or say in the spec what becomes of such a time (before_start)"
    if not messages:
        return []
    return [Doubt("ADAM-ENDS-BEFORE-START", "warning", messages, list(starts["ref"]), mend)]
