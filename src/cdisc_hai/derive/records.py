"""Derivations that make the records of a parameter from records that are there.

Each gives a frame with ``USUBJID``, ``ADT``, ``AVALC`` and more that the dataset's variables take
up as ``~NAME``, ``SRCDOM``/``SRCVAR``/``SRCSEQ``, and ``@from``: the records that it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.sources import SUBJECT, Tables, given
from cdisc_hai.derive.subjects import among
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation

Made = Mapping[str, pd.DataFrame]


@operation(
    "records_of",
    stage="records",
    sentence="[{take}][{keep}] of each record of {dataset}[ for which {where}].",
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    take=Param("{variable_of}", required=False),
    keep=Param("[variable_of]", required=False),
)
def records_of(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    take: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    where: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Each record of another dataset as one of the parameter.

    ``take`` maps new names to theirs, ``keep`` names variables that stay as they are called.
    """
    table = tables[dataset]
    table = table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]
    names = {**{name: name for name in keep}, **(take or {})}
    taken = {name: given(table, theirs) for name, theirs in names.items()}
    return framed({SUBJECT: table[SUBJECT], **taken, "@from": table["@ref"]}, table.index)


@operation(
    "response_flag",
    stage="records",
    sentence="{yes} where {parameter} is {values}, else {no}; with {yes} dated by {date}.",
    parameter=Param("parameter"),
    values=Param("[text]"),
    date=Param("text", required=False),
    yes=Param("text", required=False),
    no=Param("text", required=False),
)
def response_flag(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    parameter: str,
    values: Sequence[str],
    date: str = "ADT",
    yes: str = "Y",
    no: str = "N",
) -> pd.DataFrame:
    """Y or N for each subject by another parameter's value; a date and a source only with Y.

    ``date`` is ADT, or RESPDT for the first responding assessment of a best response.
    """
    base = made[parameter]
    hit = base["AVALC"].isin(values)
    first = date != "ADT"
    return framed(
        {
            SUBJECT: base[SUBJECT],
            "AVALC": hit.map({True: yes, False: no}).astype(object),
            "ADT": base[date].where(hit),
            "ADTF": base["RESPDTF" if first else "ADTF"].where(hit, ""),
            "SRCDOM": base["RESPDOM" if first else "SRCDOM"].where(hit, ""),
            "SRCVAR": base["RESPVAR" if first else "SRCVAR"].where(hit, ""),
            "SRCSEQ": base["RESPSEQ" if first else "SRCSEQ"].where(hit),
            "@from": base["@from"],
        }
    )
