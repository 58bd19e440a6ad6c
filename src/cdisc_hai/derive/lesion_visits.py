"""The visits at which lesions were looked at, each with its day and the record that gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.lesion_tables import TARGET, LesionTables
from cdisc_hai.derive.refs import joined
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days
from cdisc_hai.derive.subjects import places
from cdisc_hai.metadata.choices import texts

DATE_FIELDS = ("day", "flag", "dom", "var", "seq")


@dataclass(frozen=True)
class Visits:
    """``table``: one row a visit by subject and day, with ``day`` (its latest scan), ``sum_day``
    (that of its target lesions) and ``refs``; ``place``: the visit's row of each result, -1 for
    none; ``undated``: visits without any day; ``begins``: the day each subject starts."""

    table: pd.DataFrame
    place: np.ndarray
    undated: pd.DataFrame
    begins: np.ndarray


def lesion_visits(
    found: LesionTables,
    tables: Tables,
    subjects: pd.DataFrame,
    responses: Mapping[str, Any] | None,
    begins: np.ndarray,
) -> Visits:
    """Every visit with a result, but for the baseline and those before the start."""
    rows = found.rows
    later = np.flatnonzero(~rows["baseline"].to_numpy(dtype=bool))
    mine = rows.iloc[later]
    number = mine.groupby(["subject", "visit"], sort=True).ngroup().to_numpy()
    table = visit_dates(mine, number)
    table["refs"] = joined(mine["ref"], number)
    if responses:
        table = _dated_by_response(table, tables, subjects, responses)
    undated = table[table["day"].isna()]
    table = table[table["day"] >= begins[table["subject"].to_numpy()]]
    table = table.sort_values(["subject", "day", "order"], kind="stable")
    places = np.full(int(number.max(initial=-1)) + 1, -1)
    places[table.index.to_numpy()] = np.arange(len(table))
    place = np.full(len(rows), -1)
    place[later] = places[number]
    return Visits(table.reset_index(drop=True), place, undated, begins)


def visit_dates(rows: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """For each number (from 0) its visit, its latest day, and that of its target lesions."""
    rows = rows.assign(number=number)
    first = rows.drop_duplicates("number").set_index("number").sort_index()
    table = first[["subject", "visit", "order"]].copy()
    table["targets"] = (rows["role"] == TARGET).groupby(rows["number"]).any()
    for prefix, those in (("", rows), ("sum_", rows[rows["role"] == TARGET])):
        ordered = those[those["day"].notna()].sort_values(
            ["number", "day", "seq"], ascending=[True, False, True], kind="stable"
        )
        latest = ordered.drop_duplicates("number").set_index("number")
        for name in DATE_FIELDS:
            table[prefix + name] = latest[name].reindex(table.index)
    return table


def _dated_by_response(
    table: pd.DataFrame, tables: Tables, subjects: pd.DataFrame, spec: Mapping[str, Any]
) -> pd.DataFrame:
    """A visit without a day has that of its response.

    With ``target_free`` so has a visit at which no target lesion was looked at, whatever the days
    of its scans: without a response it has none.
    """
    pages = tables[spec["dataset"]]
    day, flag = days(pages, spec)
    number = places(pages[SUBJECT], subjects[SUBJECT])
    told = pd.DataFrame(
        {
            "subject": np.where(number < 0, np.nan, number),
            "visit": texts(column(pages, spec["visit"])),
            "day": day,
            "flag": flag,
            "dom": column(pages, "SRCDOM") if "SRCDOM" in pages else spec["dataset"],
            "var": column(pages, "SRCVAR") if "SRCVAR" in pages else spec["date"],
            "seq": column(pages, "SRCSEQ" if "SRCSEQ" in pages else f"{spec['dataset']}SEQ"),
        }
    ).dropna(subset=["day", "subject"])
    told = told.drop_duplicates(["subject", "visit"])
    beside = table[["subject", "visit"]].merge(told, on=["subject", "visit"], how="left")
    lacking = table["day"].isna()
    if spec.get("target_free"):
        lacking |= ~table["targets"]
    for name in DATE_FIELDS:
        told_of = pd.Series(beside[name].to_numpy(), index=table.index)
        table[name] = table[name].where(~lacking, told_of)
    return table
