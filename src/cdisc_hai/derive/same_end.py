"""A time that ends where another parameter's time ends, and begins elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cdisc_hai.derive.moments import moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.registry import Param, operation

_ENDS = ("ADT", "ADTF", "CNSR", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCVAR", "SRCSEQ")


@operation(
    "time_to_same_end",
    stage="records",
    sentence=(
        "Days from {start} to the date of the parameter {parameter}, both included, with its "
        "censoring."
    ),
    start=Param("text"),
    parameter=Param("text"),
    moments=Param("{shape:moment}"),
)
def time_to_same_end(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    start: str,
    parameter: str,
    moments: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    """One record a subject with the start and with the other parameter: STARTDT, AVAL in days.

    ADT, CNSR, their descriptions and their source are those of the other parameter.
    """
    begin = moments_of(subjects, tables, moments)[start].set_axis(subjects[SUBJECT])
    ends = made[parameter]
    ends = ends[ends[SUBJECT].isin(begin.index[begin["day"].notna()])].reset_index(drop=True)
    first = begin.loc[ends[SUBJECT]].reset_index(drop=True)
    refs = [f"{end};{begun}" for end, begun in zip(ends["@from"], first["ref"], strict=True)]
    return ends[[SUBJECT, *_ENDS]].assign(
        STARTDT=first["day"],
        AVAL=ends["ADT"] - first["day"] + 1,
        **{"@from": pd.Series(refs, index=ends.index, dtype=object)},
    )
