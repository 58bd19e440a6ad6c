"""The lesions of one subject as the scalar RECIST engine takes them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from cdisc_hai.derive.lesion_arrays import certain_anywhere, once
from cdisc_hai.derive.lesion_tables import NEW, NONTARGET, TARGET
from cdisc_hai.recist.lesions import Baseline, Lesion, NewLesion, NonTargetValue, TargetValue, Visit
from cdisc_hai.recist.rows import NONTARGET_STATES, TARGET_STATES

Row = Mapping[Any, Any]


def as_baseline(lesions: pd.DataFrame, rows: pd.DataFrame) -> Baseline:
    """The lesions chosen at baseline, and the target lesions' values then."""
    chosen = {
        role: tuple(
            Lesion(
                name=row["lesion"],
                organ=str(row["organ"]),
                nodal=bool(row["node"]),
                slice=None if pd.isna(row["slice"]) else round(100 * row["slice"]),
            )
            for row in lesions[lesions["role"] == role].to_dict("records")
        )
        for role in (TARGET, NONTARGET)
    }
    values = _values(rows[rows["baseline"].astype(bool)])
    return Baseline(chosen[TARGET], values, chosen[NONTARGET])


def as_visits(
    visits: Sequence[tuple[int, Row]], rows: pd.DataFrame, begins: float = -math.inf
) -> list[Visit]:
    """Visits as (their number, their row), in order of their days; ``begins``: the first."""
    at_visits = rows["visit"].isin([row["AVISIT"] for _, row in visits])
    rows = certain_anywhere(rows, at_visits)[~rows["baseline"].astype(bool)]
    found = [_visit(ref, row, rows[rows["visit"] == row["AVISIT"]]) for ref, row in visits]
    elsewhere = rows[~at_visits[rows.index]]
    for one in _new(elsewhere[elsewhere["day"] >= begins]):
        # of a visit without a day: it counts from the next visit on
        at = next((n for n, visit in enumerate(found) if visit.day >= (one.day or 0)), -1)
        if at >= 0:
            found[at] = replace(found[at], new=(*found[at].new, one))
    return found


def _visit(ref: int, row: Row, seen: pd.DataFrame) -> Visit:
    others = once(seen[(seen["role"] == NONTARGET) & (seen["number"] >= 0)], "visit", "key")
    return Visit(
        day=int(row["ADT"]),
        sum_day=None if pd.isna(row.get("SUMDT")) else int(row["SUMDT"]),
        targets=_values(seen),
        nontargets=tuple(
            NonTargetValue(r["lesion"], NONTARGET_STATES[r["state"]], _size(r))
            for r in others.to_dict("records")
        ),
        new=_new(seen),
        ref=ref,
    )


def _new(rows: pd.DataFrame) -> tuple[NewLesion, ...]:
    return tuple(
        NewLesion(r["lesion"], bool(r["equivocal"]), None if pd.isna(r["day"]) else int(r["day"]))
        for r in rows[rows["role"] == NEW].to_dict("records")
    )


def _values(rows: pd.DataFrame) -> tuple[TargetValue, ...]:
    mine = once(rows[(rows["role"] == TARGET) & (rows["number"] >= 0)], "visit", "key")
    return tuple(
        TargetValue(r["lesion"], TARGET_STATES[r["state"]], _size(r), host=r["into"])
        for r in mine.to_dict("records")
    )


def _size(row: Row) -> int | None:
    return int(row["size"]) if row["size"] >= 0 else None
