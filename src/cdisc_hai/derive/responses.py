"""Best overall responses of the subjects, by the RECIST engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables, column
from cdisc_hai.derive.subjects import among, places, taken
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.recist.best_table import best_response_table, confirmed_response_table
from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.terms import decode, encode
from cdisc_hai.registry import Param, operation

_COMMON = {
    "dataset": Param("dataset"),
    "where": Param("where_of", required=False),
    "start": Param("subject"),
    "new_therapy": Param("subject", required=False),
    "resection": Param("subject", required=False),
    "minimum_sd_days": Param("number"),
    "confirmation_days": Param("number", required=False),
    "ne_between": Param("number", required=False),
    "sd_between_pr": Param("flag", required=False),
    "lesser_after_cr": Param("text", required=False, choices=("cut", "ignore")),
    "confirmed": Param("flag", required=False),
}


@operation(
    "best_response",
    stage="records",
    sentence=(
        "Best overall response over the assessments of {dataset} from {start} to the first PD"
        "[ and not after {new_therapy}]; SD from day {minimum_sd_days} on."
    ),
    **_COMMON,
)
def best_response(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    start: str,
    minimum_sd_days: int,
    confirmation_days: int | None = None,
    where: Mapping[str, Any] | None = None,
    new_therapy: str | None = None,
    resection: str | None = None,
    ne_between: int = 1,
    sd_between_pr: bool = True,
    lesser_after_cr: Any = "cut",
    confirmed: bool = False,
) -> pd.DataFrame:
    """One record a subject: AVALC the best overall response (RECIST 1.1 4.4), ADT its assessment.

    ``start``, ``new_therapy`` and ``resection`` name date variables of the subjects. RESPDT is the
    first CR or PR of the window; REASON says in words and figures why.
    """
    if confirmed and confirmation_days is None:
        raise ValueError("'confirmed' needs 'confirmation_days'")
    table = tables[dataset]
    table = table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]
    policy = Policy(
        minimum_sd_days=int(minimum_sd_days),
        confirmation_days=int(confirmation_days or 0),
        max_ne_between=int(ne_between),
        sd_between_pr=sd_between_pr,
        lesser_after_cr=lesser_after_cr,
    )
    best = (confirmed_response_table if confirmed else best_response_table)(
        places(table[SUBJECT], subjects[SUBJECT]),
        table["ADT"].to_numpy(dtype=float),
        encode(table["AVALC"]),
        start=_days(subjects, start),
        new_therapy=_days(subjects, new_therapy),
        resection=_days(subjects, resection),
        n_subjects=len(subjects),
        policy=policy,
    )
    given = _at(table, best.row)
    first = _at(table, best.first_responder).add_prefix("RESP")
    frame = framed({SUBJECT: subjects[SUBJECT], "AVALC": decode(best.response)})
    origin = texts(subjects["@ref"]) + f":{start}"
    refs = given["REF"].where(given["REF"].ne(""), origin.to_numpy())
    return frame.assign(
        ADT=best.day,
        ADTF=given["DTF"],
        SRCDOM=given["DOM"],
        SRCVAR=given["VAR"],
        SRCSEQ=given["SEQ"],
        RESPDT=first["RESPDT"],
        RESPDTF=first["RESPDTF"],
        RESPDOM=first["RESPDOM"],
        RESPVAR=first["RESPVAR"],
        RESPSEQ=first["RESPSEQ"],
        REASON=best.reason,
        **{"@from": refs},
    )


def _days(subjects: pd.DataFrame, name: str | None) -> np.ndarray:
    if name is None:
        return np.full(len(subjects), np.nan)
    return subjects[name].to_numpy(dtype=float)


def _at(table: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """The records at these positions; an empty one for -1."""
    sequence = pd.to_numeric(column(table, "SRCSEQ"), errors="coerce")
    parts = {"DT": table["ADT"], "SEQ": sequence, "REF": table["@ref"]}
    names = {"DTF": "ADTF", "DOM": "SRCDOM", "VAR": "SRCVAR"}
    parts |= {new: texts(column(table, name)) for new, name in names.items()}
    found = framed({name: taken(values, rows) for name, values in parts.items()})
    return found.assign(REF=texts(found["REF"]))
