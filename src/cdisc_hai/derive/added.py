"""Records added to those that were observed: the last of a kind, and values carried forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.flags import in_order
from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.merged import record_keys
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.sources import SUBJECT, Tables, column, given
from cdisc_hai.derive.subjects import among
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation

_TAKE = {
    "dataset": Param("dataset"),
    "where": Param("where_of", required=False),
    "by": Param("[variable_of]", required=False),
    "order": Param("[ordering_of]"),
    "take": Param("{variable_of}", required=False),
    "keep": Param("[variable_of]", required=False),
}


@operation(
    "extreme_records",
    stage="records",
    sentence=(
        "[{take}][{keep}] of the {pick} record of each subject[ and {by}] in the order of {order}"
        ", of the records of {dataset}[ for which {where}]."
    ),
    pick=Param("text", required=False, choices=("first", "last")),
    **_TAKE,
)
def extreme_records(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    order: Sequence[str],
    by: Sequence[str] = (),
    pick: str = "first",
    where: Mapping[str, Any] | None = None,
    take: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """One record of each group once more: the first or last in the order, missing values last.

    A last, worst or lowest value as a record of its own (ADaMIG 1.3, DTYPE).
    """
    table = _chosen(subjects, tables[dataset], where)
    ordered = in_order(table, [SUBJECT, *by], order)
    keys = pd.DataFrame({f"k{n}": column(ordered, k) for n, k in enumerate([SUBJECT, *by])})
    one = ordered[~keys.duplicated(keep="first" if pick == "first" else "last")].sort_index()
    return _taken(one, keep, take)


@operation(
    "carried_records",
    stage="records",
    sentence=(
        "For each of the visits {visits} at which a subject[ and {by}] has none of the records of "
        "{dataset}[ for which {where}], [{take}][{keep}] of the last one before it, by {visit} and "
        "then {order}."
    ),
    visit=Param("variable_of"),
    visits=Param("any"),
    **_TAKE,
)
def carried_records(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    visit: str,
    visits: Mapping[str, str],
    order: Sequence[str],
    by: Sequence[str] = (),
    where: Mapping[str, Any] | None = None,
    take: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """Last observations carried forward to visits that are missing (LOCF).

    ``visits`` maps the number of each expected visit to its name; a made record has both as
    ``visit`` and AVISIT. A visit before the first observation stays missing.
    """
    table = _chosen(subjects, tables[dataset], where)
    table = in_order(table, [SUBJECT, *by, visit], order)
    seen = pd.DataFrame(
        {
            "key": record_keys([column(table, name) for name in (SUBJECT, *by)], len(table)),
            "at": as_numbers(column(table, visit)),
            "row": np.arange(len(table)),
        }
    )
    seen = seen[seen["at"].notna()].drop_duplicates(["key", "at"], keep="last")
    numbers = [float(number) for number in visits]
    wanted = pd.MultiIndex.from_product(
        [seen["key"].drop_duplicates(), numbers], names=["key", "at"]
    ).to_frame(index=False)
    missing = wanted.merge(seen[["key", "at", "row"]], on=["key", "at"], how="left")
    missing = missing[missing["row"].isna()].drop(columns="row").sort_values("at", kind="stable")
    found = pd.merge_asof(
        missing.astype({"key": object, "at": float}),
        seen.sort_values("at", kind="stable").astype({"key": object}),
        on="at",
        by="key",
        allow_exact_matches=False,
    ).dropna(subset="row")
    rows = table.iloc[found["row"].astype(int).to_numpy()].reset_index(drop=True)
    names = {float(number): str(name) for number, name in visits.items()}
    made_at = found["at"].reset_index(drop=True)
    return _taken(rows, keep, take).assign(**{visit: made_at, "AVISIT": made_at.map(names)})


def _chosen(
    subjects: pd.DataFrame, table: pd.DataFrame, where: Mapping[str, Any] | None
) -> pd.DataFrame:
    return table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]


def _taken(
    table: pd.DataFrame, keep: Sequence[str], take: Mapping[str, str] | None
) -> pd.DataFrame:
    names = {**{name: name for name in keep}, **(take or {})}
    values = {name: given(table, theirs) for name, theirs in names.items()}
    return framed({SUBJECT: table[SUBJECT], **values, "@from": table["@ref"]}, table.index)
