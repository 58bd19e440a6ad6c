"""A parameter by ranked moments: the best response of any criteria, told from the best down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.moments import moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation

_SOURCE = {"ADT": "day", "ADTF": "flag", "SRCDOM": "dom", "SRCVAR": "var", "SRCSEQ": "seq"}


@operation(
    "ranked_moment",
    stage="records",
    sentence="The first of these moments that the subject has: {choices}[; otherwise {otherwise}].",
    choices=Param("[shape:ranked]"),
    otherwise=Param("text", required=False),
    moments=Param("{shape:moment}"),
)
def ranked_moment(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    choices: Sequence[Mapping[str, Any]],
    moments: Mapping[str, Mapping[str, Any]],
    otherwise: str | None = None,
) -> pd.DataFrame:
    """One record a subject: AVALC of the first choice whose moment there is, with its day, source.

    A choice gives its ``value``, or else the ``value`` of its moment. A subject without any has
    ``otherwise`` and no date, or no record where that is not given.
    """
    course = moments_of(subjects, tables, moments, made)
    every = [course[choice["moment"]] for choice in choices]
    there = np.array([found["day"].notna().to_numpy() for found in every])
    chosen = np.where(there.any(axis=0), there.argmax(axis=0), -1)
    frame = pd.DataFrame({SUBJECT: subjects[SUBJECT].array, "AVALC": otherwise or ""})
    frame = frame.assign(ADT=np.nan, ADTF="", SRCDOM="", SRCVAR="", SRCSEQ=np.nan)
    values = {name: frame[name].to_numpy(copy=True) for name in ("AVALC", *_SOURCE)}
    refs = np.asarray(texts(subjects["@ref"]), dtype=object).copy()
    for number, (choice, found) in enumerate(zip(choices, every, strict=True)):
        mine = chosen == number
        told = found["value"]
        own = choice.get("value", told.where(told.ne(""), "Y").to_numpy())
        values["AVALC"] = np.where(mine, own, values["AVALC"])
        for name, field in _SOURCE.items():
            values[name] = np.where(mine, found[field].to_numpy(), values[name])
        refs = np.where(mine, np.asarray(texts(found["ref"]), dtype=object), refs)
    frame = frame.assign(**values, **{"@from": refs})
    return frame if otherwise is not None else frame[chosen >= 0].reset_index(drop=True)
