"""Responses and sums derived from the lesions themselves, by the RECIST engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.lesion_arrays import arrays, once, own_sizes, settings
from cdisc_hai.derive.lesion_doubts import lesion_doubts
from cdisc_hai.derive.lesion_figures import assessed, baselines, lesion_records
from cdisc_hai.derive.lesion_tables import NEW, TARGET, lesion_tables
from cdisc_hai.derive.lesion_visits import lesion_visits
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.result import Records
from cdisc_hai.derive.sources import SUBJECT, Tables
from cdisc_hai.recist.assess_table import assess_table
from cdisc_hai.registry import Param, operation

LESIONS = {"lesions": Param("shape:lesions"), "results": Param("shape:lesion_results")}
_PARAMS = {
    **LESIONS,
    "responses": Param("shape:visit_dates", required=False),
    "start": Param("subject", required=False),
    "criteria": Param("shape:criteria", required=False),
}


@operation(
    "lesion_responses",
    stage="records",
    sentence=(
        "By RECIST 1.1[ with {criteria}] from the lesions of each visit[ on or after {start}]. "
        "Lesions: {lesions}. Results: {results}."
    ),
    **_PARAMS,
)
def lesion_responses(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    lesions: Mapping[str, Any],
    results: Mapping[str, Any],
    responses: Mapping[str, Any] | None = None,
    start: str | None = None,
    criteria: Mapping[str, Any] | None = None,
) -> Records:
    """One record a subject and visit with a lesion, the baseline (``ABLFL`` Y) included.

    ``AVALC`` is the overall response, ``TRGRESP``, ``NTRGRESP`` and ``NEWLPROG`` its parts;
    ``SUM``, ``BASE``, ``NADIR`` (mm), ``CHG``, ``PCHG``, ``CHGNAD``, ``PCHGNAD`` are the figures;
    ``SUMFL`` is Y where the sum is complete, or enough of it to be PD (``PARTIAL`` Y).
    ``ADT`` is the day of the visit's latest scan, ``SUMDT`` that of its target lesions.
    """
    found = lesion_tables(subjects, tables, lesions, results)
    begins = subjects[start].to_numpy(dtype=float) if start else np.full(len(subjects), -np.inf)
    visits = lesion_visits(found, tables, subjects, responses, begins)
    rules, policy = settings(criteria or {})
    table = assess_table(*arrays(found, visits, len(subjects)), criteria=rules, policy=policy)
    parts = [baselines(found, rules, len(subjects)), assessed(visits.table, table, rules)]
    frame = pd.concat(parts, ignore_index=True)
    who = subjects[SUBJECT].array[frame.pop("subject").to_numpy(dtype=int)]
    return Records(frame.assign(**{SUBJECT: who}), lesion_doubts(found, visits.undated, rules))


@operation(
    "new_lesions",
    stage="records",
    sentence=(
        "The first day of each new lesion that was unequivocal once, be it later. "
        "Lesions: {lesions}. Results: {results}."
    ),
    **LESIONS,
)
def new_lesions(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    lesions: Mapping[str, Any],
    results: Mapping[str, Any],
) -> pd.DataFrame:
    """One record a new lesion (RECIST 1.1, 4.3.5): its first sighting; ``LESION`` is its name."""
    rows = lesion_tables(subjects, tables, lesions, results).rows
    rows = rows[rows["role"] == NEW]
    certain = rows["key"].isin(rows.loc[~rows["equivocal"].astype(bool), "key"])
    first = rows[certain].sort_values(["key", "day", "seq"], kind="stable").drop_duplicates("key")
    return lesion_records(subjects, first).assign(AVALC="Y")


@operation(
    "lesion_sizes",
    stage="records",
    sentence=(
        "Size of each target lesion ({nodes} lymph nodes) at each visit in mm. "
        "Lesions: {lesions}. Results: {results}."
    ),
    **LESIONS,
    nodes=Param("text", choices=("without", "only")),
    criteria=Param("shape:criteria", required=False),
)
def lesion_sizes(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    lesions: Mapping[str, Any],
    results: Mapping[str, Any],
    nodes: str,
    criteria: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """One record a target lesion and visit: AVAL and BASE (mm), CHG, PCHG and ABLFL.

    ``nodes`` is ``only`` for the short axes of lymph nodes, or ``without``.
    """
    rows = lesion_tables(subjects, tables, lesions, results).rows
    rows = rows[(rows["role"] == TARGET) & (rows["node"] == (nodes == "only"))]
    rules, _ = settings(criteria or {})
    rows = once(rows, "visit", "key").assign(mm=lambda of: own_sizes(of, rules))
    base = rows[rows["baseline"].astype(bool)].drop_duplicates("key").set_index("key")["mm"]
    start, size = rows["key"].map(base).to_numpy(dtype=float), rows["mm"].to_numpy()
    later = ~rows["baseline"].to_numpy(dtype=bool)
    above = np.where(later & (start > 0), start, np.nan)
    return lesion_records(subjects, rows).assign(
        AVAL=size / 100,
        BASE=start / 100,
        ABLFL=np.where(later, "", "Y"),
        CHG=np.where(later, (size - start) / 100, np.nan),
        PCHG=100 * (size - start) / above,
    )
