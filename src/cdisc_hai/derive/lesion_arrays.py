"""Lesions and visits as the arrays that the RECIST engine takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.lesion_parts import joined_fragments
from cdisc_hai.derive.lesion_tables import NEW, NO_STATE, NONTARGET, TARGET, LesionTables
from cdisc_hai.derive.lesion_visits import Visits
from cdisc_hai.recist import rows as recist
from cdisc_hai.recist.policy import Criteria, Policy
from cdisc_hai.recist.rows import TargetCode

Arrays = tuple[
    recist.Visits,
    recist.Lesions,
    recist.TargetRows,
    recist.TargetRows,
    recist.Lesions,
    recist.NonTargetRows,
    recist.NewRows,
]
_SIZES = (
    "too_small",
    "node_normal_below",
    "growth_absolute",
    "measurable_longest",
    "measurable_node",
)


def settings(criteria: Mapping[str, Any]) -> tuple[Criteria, Policy]:
    """The figures of the criteria (mm in the spec, 0.01 mm in the engine) and the policy."""
    own = {field.name for field in fields(Criteria)}
    figures = {
        name: round(100 * value) if name in _SIZES else value
        for name, value in criteria.items()
        if name in own
    }
    choices = {name: value for name, value in criteria.items() if name not in own}
    # Best responses have settings of their own; from lesions to responses they play no part.
    return Criteria(**figures), Policy(minimum_sd_days=0, confirmation_days=0, **choices)


def arrays(found: LesionTables, visits: Visits, subjects: int) -> Arrays:
    """The arguments of ``assess_table`` in their order."""
    rows = found.rows.assign(place=visits.place)
    seen = rows[(rows["place"] >= 0) & (rows["number"] >= 0)]
    other = once(seen[seen["role"] == NONTARGET], "place")
    table = visits.table
    new = _sightings(rows[(rows["role"] == NEW) & (rows["number"] >= 0)], visits)
    who, day, sums = (table[n].to_numpy(dtype=float) for n in ("subject", "day", "sum_day"))
    return (
        recist.Visits(who, day, np.where(np.isnan(sums), day, sums)),
        chosen(found, TARGET),
        baseline_rows(found),
        _target_rows(seen, "place"),
        chosen(found, NONTARGET),
        recist.NonTargetRows(*_columns(other, "place", "number", "state", "size")),
        recist.NewRows(*_columns(new, "place", "number", "equivocal", "day")),
    )


def _sightings(new: pd.DataFrame, visits: Visits) -> pd.DataFrame:
    """New lesions as seen; one of a visit without a day counts from the next visit on."""
    new = certain_anywhere(new, new["place"].ge(0))
    who, day = new["subject"].to_numpy(dtype=int), new["day"].to_numpy(dtype=float)
    whose = visits.table["subject"].to_numpy(dtype=int)
    wide = 2.0**20  # above every day, so that subjects do not meet
    at = np.searchsorted(whose * wide + visits.table["day"].to_numpy(), who * wide + day)
    later = (np.append(whose, -1)[at] == who) & (day >= visits.begins[who])
    place = np.where(new["place"].ge(0), new["place"], np.where(later, at, -1))
    return new.assign(place=place)[place >= 0]


def certain_anywhere(rows: pd.DataFrame, at_visits: pd.Series) -> pd.DataFrame:
    """A new lesion that is unequivocal, but at no visit that counts, is so at all of them."""
    sure = ~rows["equivocal"].astype(bool)
    only = set(rows.loc[sure, "key"]) - set(rows.loc[sure & at_visits, "key"])
    return rows.assign(equivocal=~(sure | rows["key"].isin(only)))


def baseline_rows(found: LesionTables) -> recist.TargetRows:
    """The target lesions' results at baseline."""
    rows = found.rows
    return _target_rows(rows[rows["baseline"].eq(True) & (rows["number"] >= 0)], "subject")


def once(rows: pd.DataFrame, at: str, lesion: str = "number") -> pd.DataFrame:
    """One result a lesion and visit: the first that has a value, or else the first with a state.

    A state and a diameter that is missing may stand in two records; fragments are added.
    """
    told = joined_fragments(rows[rows["state"] != NO_STATE], at, lesion)
    late = (told["role"] == TARGET) & (told["state"] == TargetCode.NOT_EVALUABLE)
    told = told.assign(late=late).sort_values("late", kind="stable")
    return told[~told.duplicated([at, lesion])].sort_index()


def own_sizes(rows: pd.DataFrame, criteria: Criteria) -> np.ndarray:
    """The size (0.01 mm) of each result of a target lesion, NaN for none."""
    state, size = rows["state"].to_numpy(), rows["size"].to_numpy(dtype=float)
    size = np.where((state == TargetCode.MEASURED) & (size >= 0), size, np.nan)
    size = np.where(state == TargetCode.TOO_SMALL, criteria.too_small, size)
    gone = (state == TargetCode.ABSENT) | (state == TargetCode.MERGED)
    return np.where(gone, 0, size)


def _target_rows(rows: pd.DataFrame, at: str) -> recist.TargetRows:
    mine = once(rows[rows["role"] == TARGET], at)
    columns = _columns(mine, at, "number", "state", "size", "host_number")
    place, number, state, size, host = columns
    return recist.TargetRows(place, number, state, size, host)


def _columns(rows: pd.DataFrame, *names: str) -> list[np.ndarray]:
    return [rows[name].to_numpy() for name in names]


def chosen(found: LesionTables, role: str) -> recist.Lesions:
    """The lesions of a role that were chosen at baseline."""
    mine = found.of(role)
    return recist.Lesions(mine["subject"].to_numpy(), mine["node"].to_numpy(dtype=bool))
