"""Parameters that say whether something happened to a subject, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.moments import moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.runs import ranks
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days
from cdisc_hai.derive.subjects import places, taken
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation


@operation(
    "record_flag",
    stage="records",
    sentence=(
        "{yes} where the subject has a record of {dataset}[ for which {where}], else {no}"
        "[; with {yes} dated by {date}]."
    ),
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    date=Param("variable_of", required=False),
    impute=Param("imputation", required=False),
    yes=Param("text", required=False),
    no=Param("text", required=False),
)
def record_flag(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    where: Mapping[str, Any] | None = None,
    date: str | None = None,
    impute: Any = None,
    yes: str = "Y",
    no: str = "N",
) -> pd.DataFrame:
    """A flag for each subject, Y with the first of the records; one without a day stands last."""
    found = tables[dataset]
    found = found[matches(found, where or {})]
    source = {"dataset": dataset, "date": date, "impute": impute}
    when, partly = days(found, source) if date else (pd.Series(np.nan, index=found.index), "")
    sequence = pd.to_numeric(column(found, f"{dataset}SEQ"), errors="coerce")
    records = framed(
        {
            SUBJECT: found[SUBJECT],
            "day": when,
            "flag": partly,
            "seq": sequence,
            "ref": found["@ref"],
        }
    )
    first = records.iloc[np.lexsort((ranks(sequence), ranks(when)))]
    rows = places(subjects[SUBJECT], first[SUBJECT])
    mine = {name: taken(first[name], rows) for name in ("day", "flag", "seq")}
    hit, dated = rows >= 0, ~np.isnan(mine["day"])
    refs = texts(pd.Series(taken(first["ref"], rows)))
    if date and "@wide" in found.columns:
        refs = refs + f":{date}"
    return framed(
        {
            SUBJECT: subjects[SUBJECT],
            "AVALC": np.where(hit, yes, no),
            "ADT": mine["day"],
            "ADTF": mine["flag"],
            "SRCDOM": np.where(dated, dataset, ""),
            "SRCVAR": np.where(dated, date or "", ""),
            "SRCSEQ": np.where(dated, mine["seq"], np.nan),
            "@from": np.where(hit, refs, texts(subjects["@ref"])),
        }
    )


@operation(
    "moment_flag",
    stage="records",
    sentence="{yes} with the day of {moment} where the subject has it[, else {no}].",
    moment=Param("text"),
    moments=Param("{shape:moment}"),
    yes=Param("text", required=False),
    no=Param("text", required=False),
)
def moment_flag(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    moment: str,
    moments: Mapping[str, Mapping[str, Any]],
    yes: str = "Y",
    no: str | None = None,
) -> pd.DataFrame:
    """A flag by a moment of the subject's course; without ``no`` only who has it has a record.

    A moment that has a ``value`` gives that in the place of ``yes``.
    """
    found = moments_of(subjects, tables, moments, made)[moment]
    hit = found["day"].notna().to_numpy()
    frame = framed(
        {
            SUBJECT: subjects[SUBJECT],
            "AVALC": np.where(hit, found["value"].where(found["value"].ne(""), yes), no or ""),
            "ADT": found["day"].to_numpy(),
            "ADTF": found["flag"].to_numpy(),
            "SRCDOM": found["dom"].to_numpy(),
            "SRCVAR": found["var"].to_numpy(),
            "SRCSEQ": found["seq"].to_numpy(),
            "@from": np.where(hit, found["ref"], texts(subjects["@ref"])),
        }
    )
    return frame if no is not None else frame[hit].reset_index(drop=True)
