"""What is odd about lesions and their results: visits without a day, targets that were badly
chosen, results of one lesion and visit that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from cdisc_hai.derive.lesion_arrays import once, own_sizes
from cdisc_hai.derive.lesion_tables import NO_STATE, NONTARGET, TARGET, LesionTables
from cdisc_hai.derive.result import Doubt
from cdisc_hai.recist.baseline import NODES
from cdisc_hai.recist.policy import Criteria
from cdisc_hai.recist.rows import TargetCode
from cdisc_hai.recist.words import millimetres

_CHOICE = "query the choice of the target lesions, or their sizes at baseline"


def lesion_doubts(found: LesionTables, undated: pd.DataFrame, criteria: Criteria) -> list[Doubt]:
    """All of it, each with the record that it is about."""
    targets = _targets(found, criteria)
    small = targets[targets["mm"] < targets["least"]]
    none = targets[targets["mm"].isna()]
    sizes = zip(small["lesion"], small["node"], small["mm"], small["least"], strict=True)
    told = [
        _visits(undated),
        _twice(found.rows),
        _choice(
            [
                f"target {lesion}: {'short axis' if node else 'longest diameter'} "
                f"{millimetres(int(size))} mm at baseline is below {millimetres(int(least))} mm: "
                "not measurable"
                for lesion, node, size, least in sizes
            ],
            small["ref"],
        ),
        _choice(
            [
                f"target {lesion} has no value at baseline: the subject has no sum"
                for lesion in none["lesion"]
            ],
            none["ref"],
        ),
        *_too_many(targets, criteria),
    ]
    return [doubt for doubt in told if doubt is not None]


def _visits(undated: pd.DataFrame) -> Doubt | None:
    """Visits that cannot be placed in time."""
    messages = [
        f"neither scans nor a response give visit {visit} its date; the visit is not assessed"
        for visit in undated["visit"]
    ]
    refs = [refs.split(";")[0] for refs in undated["refs"]]
    mend = "complete the dates of the scans, or the response page, in the EDC system"
    return Doubt("ADAM-VISIT-UNDATED", "error", messages, refs, mend) if messages else None


def _twice(rows: pd.DataFrame) -> Doubt | None:
    """Results of one lesion and visit that differ; only the first of them enters."""
    told = rows[_again(rows)]
    told = told[told["role"].isin([TARGET, NONTARGET]) & ~told["fragment"].astype(bool)]
    told = told[told["into"].eq("")]
    empty = (told["role"] == TARGET) & (told["state"] == TargetCode.NOT_EVALUABLE)
    told = told[~empty].drop_duplicates(["subject", "visit", "key", "state", "size"])
    keys = ["subject", "visit", "key"]
    later = told[told.duplicated(keys)].drop_duplicates(keys)
    if later.empty:
        return None
    messages = [
        f"lesion {lesion} has results at visit {visit} that differ; the first is taken"
        for lesion, visit in zip(later["lesion"], later["visit"], strict=True)
    ]
    mend = "correct the visit or the result, or name in 'visit' what tells the assessments apart"
    return Doubt("ADAM-LESION-TWICE", "warning", messages, list(later["ref"]), mend)


def _again(rows: pd.DataFrame) -> np.ndarray:
    """Results with a state that are not the only one of their lesion and visit; few are."""
    told = np.flatnonzero((rows["state"] != NO_STATE) & (rows["number"] >= 0))
    visit, names = pd.factorize(rows["visit"].to_numpy()[told])
    target = (rows["role"].to_numpy()[told] == TARGET).astype(np.int64)
    lesion = 2 * rows["number"].to_numpy(dtype=np.int64)[told] + target
    again = np.zeros(len(rows), dtype=bool)
    again[told] = pd.Series(lesion * len(names) + visit).duplicated(keep=False)
    return again


def _targets(found: LesionTables, criteria: Criteria) -> pd.DataFrame:
    """The target lesions with their size at baseline (0.01 mm) and the least measurable one."""
    targets = found.of(TARGET)
    rows = found.rows
    rows = once(rows[rows["baseline"].eq(True) & (rows["role"] == TARGET)], "subject")
    mm = pd.Series(own_sizes(rows, criteria), index=rows["number"].to_numpy())
    thick = np.round(100 * targets["slice"].to_numpy(dtype=float))
    longest = np.fmax(
        criteria.measurable_longest,
        np.where(thick > criteria.thin_slice, criteria.thick_slice_factor * thick, np.nan),
    )
    node = targets["node"].to_numpy(dtype=bool)
    return targets.assign(
        mm=mm.reindex(targets["number"].to_numpy()).to_numpy(dtype=float),
        least=np.where(node, criteria.measurable_node, longest),
        place=targets["organ"].astype(object).where(~node, NODES),
    )


def _too_many(targets: pd.DataFrame, criteria: Criteria) -> Iterator[Doubt | None]:
    """Subjects with more target lesions than the criteria allow, in all and in one organ."""
    every = targets.groupby("subject")["number"].transform("size")
    many = targets[every > criteria.max_targets].drop_duplicates("subject")
    yield _choice(
        [
            f"{number} target lesions, at most {criteria.max_targets}"
            for number in every[many.index]
        ],
        many["ref"],
    )
    placed = targets[targets["place"].ne("")]
    where, names = pd.factorize(placed["place"].to_numpy(dtype=object))
    each = placed.groupby(placed["subject"] * len(names) + where)["number"].transform("size")
    crowded = placed[each > criteria.max_per_organ].drop_duplicates(["subject", "place"])
    yield _choice(
        [
            f"{number} target lesions in {place}, at most {criteria.max_per_organ}"
            for number, place in zip(each[crowded.index], crowded["place"], strict=True)
        ],
        crowded["ref"],
    )


def _choice(messages: Sequence[str], refs: pd.Series) -> Doubt | None:
    if not messages:
        return None
    return Doubt("ADAM-TARGET-CHOICE", "warning", messages, list(refs), _CHOICE)
