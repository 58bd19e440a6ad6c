"""Of a subject's records within limits the one with the lowest or highest value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.moments import BOUNDS, moments_of
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.runs import begins, ranks
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days
from cdisc_hai.derive.subjects import among, numbers, places, taken
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.registry import Param, operation


@operation(
    "extreme_record",
    stage="records",
    sentence=(
        "Of the records of {dataset}[ for which {where}], dated by {date}[ on or after "
        "{not_before}][, on or before {not_after}][, before {before}], the {which} {variable}."
    ),
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    variable=Param("variable_of"),
    date=Param("variable_of"),
    which=Param("text", choices=("lowest", "highest")),
    take=Param("any", required=False),
    not_before=Param("[text]", required=False),
    not_after=Param("[text]", required=False),
    before=Param("[text]", required=False),
    moments=Param("{shape:moment}", required=False),
)
def extreme_record(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    variable: str,
    date: str,
    which: str,
    where: Mapping[str, Any] | None = None,
    take: Mapping[str, str] | None = None,
    not_before: Sequence[str] = (),
    not_after: Sequence[str] = (),
    before: Sequence[str] = (),
    moments: Mapping[str, Mapping[str, Any]] | None = None,
) -> pd.DataFrame:
    """One record for each subject who has one: ``AVAL`` its value, ``ADT`` its day.

    The limits are moments; a subject without a ``not_before`` has no record, without another limit
    no such limit. Of equal values the earliest day counts. ``take`` maps names to its variables.
    """
    table = tables[dataset]
    table = table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]
    table = table.assign(**{"~value": pd.to_numeric(column(table, variable), errors="coerce")})
    table["~day"], table["~flag"] = days(table, {"date": date})
    table = table[table["~value"].notna() & table["~day"].notna()]
    course = moments_of(subjects, tables, moments or {}, made)
    limits = {"not_before": not_before, "not_after": not_after, "before": before}
    for kind, name in [(kind, name) for kind, names in limits.items() for name in names]:
        rows = places(table[SUBJECT], subjects[SUBJECT])
        limit = pd.Series(taken(course[name]["day"], rows), index=table.index)
        table = table[BOUNDS[kind](table["~day"], limit)]
    codes, _ = numbers(table[SUBJECT])
    value = ranks(table["~value"], down=which == "highest")
    ordered = np.lexsort((ranks(table["~day"]), value, codes))
    chosen = table.iloc[ordered[begins(codes[ordered])]]
    others = {name: column(chosen, theirs) for name, theirs in (take or {}).items()}
    return framed(
        {
            SUBJECT: chosen[SUBJECT],
            "AVAL": chosen["~value"],
            "ADT": chosen["~day"],
            "ADTF": np.asarray(chosen["~flag"], dtype=object),
            "SRCDOM": column(chosen, "SRCDOM"),
            "SRCVAR": column(chosen, "SRCVAR"),
            "SRCSEQ": column(chosen, "SRCSEQ"),
            **others,
            "@from": chosen["@ref"],
        }
    )
