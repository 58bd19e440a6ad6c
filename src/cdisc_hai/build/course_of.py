"""A subject's course, drawn from what was derived; its reasons come from the scalar engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from cdisc_hai.build.lesion_courses import Assessed
from cdisc_hai.build.scalar_lesions import as_baseline, as_visits
from cdisc_hai.derive.lesion_arrays import once, settings
from cdisc_hai.derive.lesion_tables import NEW, NO_ROLE, NONTARGET, ROLES, TARGET
from cdisc_hai.derive.sources import SUBJECT
from cdisc_hai.errors import DerivationError
from cdisc_hai.metadata.dates import iso_of_day
from cdisc_hai.recist.assess import assess
from cdisc_hai.recist.baseline import baseline_remarks
from cdisc_hai.recist.lesions import VisitResult
from cdisc_hai.recist.policy import RECIST_1_1
from cdisc_hai.recist.rows import NonTargetCode, TargetCode
from cdisc_hai.recist.words import millimetres, percent_change, signed_mm
from cdisc_hai.report.course import NOT_SEEN, Course, CourseLesion, CourseVisit

Follow = Callable[[str], Sequence[str]]

_WORDS = {
    (TARGET, TargetCode.NOT_EVALUABLE): "NE",
    (TARGET, TargetCode.MERGED): "merged",
    (NONTARGET, NonTargetCode.PRESENT): "present",
    (NONTARGET, NonTargetCode.ABSENT): "gone",
    (NONTARGET, NonTargetCode.PROGRESSED): "progressed",
    (NONTARGET, NonTargetCode.NOT_EVALUABLE): "NE",
}
_SHOWN = {TARGET: "target", NONTARGET: "non-target", NEW: "new"}


def course_of(every: Assessed, subject: str, lines: Follow) -> Course:
    """The course of one subject; ``lines`` gives the lines behind a reference."""
    place = every.subjects.index[every.subjects[SUBJECT] == subject][0]
    rows = every.found.rows[every.found.rows["subject"] == place]
    lesions = every.found.lesions[every.found.lesions["subject"] == place]
    lesions = lesions.assign(rank=lesions["role"].map({r: n for n, r in enumerate(ROLES)}))
    lesions = lesions.sort_values(["rank", "number"])
    mine = every.visits[every.visits[SUBJECT] == subject]
    mine = mine.assign(late=mine["ABLFL"].ne("Y"))
    mine = mine.sort_values(["late", "ADT", "AVISITN"], kind="stable")
    start = every.arguments.get("start")
    begins = every.subjects[start][place] if start else -math.inf
    results = _scalar(every, lesions, rows, mine, begins)
    names = [
        CourseLesion(r["lesion"], _SHOWN[r["role"]], r["organ"]) for r in lesions.to_dict("records")
    ]
    visits = [
        _visit(row, results.get(at), rows, lesions, lines, mine)
        for at, row in enumerate(mine.to_dict("records"))
    ]
    day = iso_of_day(begins) if start else ""
    remarks = _remarks(every, lesions, rows, mine)
    return Course(subject, day, tuple(names), tuple(visits), remarks)


def _scalar(
    every: Assessed,
    lesions: pd.DataFrame,
    rows: pd.DataFrame,
    visits: pd.DataFrame,
    begins: float,
) -> dict[int, VisitResult]:
    """The scalar engine's answers, which must be those that were derived in arrays."""
    criteria, policy = settings(every.arguments.get("criteria") or {})
    later = [(at, row) for at, row in enumerate(visits.to_dict("records")) if row["late"]]
    found = assess(
        as_baseline(lesions, rows), as_visits(later, rows, begins), criteria=criteria, policy=policy
    )
    results = {result.ref: result for result in found}
    for at, row in later:
        if results[at].overall != row["AVALC"]:
            raise DerivationError(f"{row['AVISIT']}: the two forms of the RECIST engine differ")
    return results


def _remarks(
    every: Assessed, lesions: pd.DataFrame, rows: pd.DataFrame, visits: pd.DataFrame
) -> tuple[str, ...]:
    """What is odd: targets badly chosen, lesions that are not defined, visits left out."""
    criteria, _ = settings(every.arguments.get("criteria") or {})
    remarks = list(baseline_remarks(as_baseline(lesions, rows), criteria))
    strange = rows.loc[rows["role"] == NO_ROLE, "lesion"]
    remarks += [f"{n}: never defined, enters nothing" for n in sorted(set(strange)) if n]
    left = rows.loc[~rows["baseline"].astype(bool), "visit"]
    remarks += [
        f"{name}: not assessed, it has no date or lies before the start"
        for name in sorted(set(left) - set(visits["AVISIT"]))
    ]
    return tuple(remarks)


def _visit(
    row: Mapping[Any, Any],
    result: VisitResult | None,
    rows: pd.DataFrame,
    lesions: pd.DataFrame,
    lines: Follow,
    visits: pd.DataFrame,
) -> CourseVisit:
    told = isinstance(row["INV"], str)
    return CourseVisit(
        name=row["AVISIT"],
        number=None if pd.isna(row["AVISITN"]) else float(row["AVISITN"]),
        day=_iso(row["ADT"]),
        cells=cells(rows[rows["visit"] == row["AVISIT"]], lesions["key"]),
        sum=_mm(row["SUM"]) or _partial(result),
        from_baseline=_change(result, result.baseline_sum) if result else "",
        nadir=millimetres(result.nadir) if result and result.nadir is not None else "",
        from_nadir=_change(result, result.nadir) if result else "",
        target=row["TRGRESP"] or "",
        nontarget=row["NTRGRESP"] or "",
        new=row["NEWLPROG"] or "",
        derived=row["AVALC"] or "",
        investigator=row["INV"] if told else "",
        investigator_day=_iso(row["INVDT"]),
        reason=result.reason if result else "",
        differs=bool(row["differs"]),
        sources=tuple(lines(row["@ref"])),
        response_sources=tuple(lines(row["INVREF"])) if told else (),
        compared=_compared(row, lines, visits),
    )


def _compared(row: Mapping[Any, Any], lines: Follow, visits: pd.DataFrame) -> tuple[str, ...]:
    """The lines of the baseline and of the visit that holds the nadir."""
    if row["ABLFL"] == "Y" or pd.isna(row["NADIR"]):
        return ()
    whole = visits[visits["PARTIAL"].eq("N") & (~visits["late"] | (visits["ADT"] < row["ADT"]))]
    nadir = whole.loc[whole["SUM"] == row["NADIR"], "@ref"].head(1)
    base = visits.loc[~visits["late"], "@ref"]
    refs = dict.fromkeys([*base, *nadir])
    return tuple(dict.fromkeys(line for ref in refs for line in lines(ref)))


def cells(rows: pd.DataFrame, lesions: Iterable[str]) -> tuple[str, ...]:
    """What one visit's rows say of each lesion (``key``), as the engine takes them: fragments
    added, a value before none."""
    chosen = rows[rows["role"].isin([TARGET, NONTARGET])]
    new = rows[rows["role"] == NEW].drop_duplicates("key")
    seen = pd.concat([once(chosen, "visit", "key"), new]).set_index("key")
    return tuple(
        _cell(seen.loc[key].to_dict()) if key in seen.index else NOT_SEEN for key in lesions
    )


def _cell(seen: Mapping[Any, Any]) -> str:
    """What was seen of a lesion, in a word or a size in mm."""
    if seen["role"] == NEW:
        return "equivocal" if seen["equivocal"] else "new"
    if seen["role"] == TARGET:
        if seen["state"] == TargetCode.TOO_SMALL:
            return "too small"
        if seen["state"] == TargetCode.ABSENT:
            return "0"
        if seen["state"] == TargetCode.MEASURED:
            return millimetres(int(seen["size"]))
    return _WORDS.get((seen["role"], seen["state"]), NOT_SEEN)


def _partial(result: VisitResult | None) -> str:
    """A sum that is no sum: what was measured, in brackets."""
    if result is None or result.sum is None:
        return ""
    return f"({millimetres(result.sum)})"


def _mm(value: float) -> str:
    return "" if pd.isna(value) else millimetres(round(value * 100))


def _change(result: VisitResult, reference: int | None) -> str:
    """The change of a sum that counts; in mm where the reference is 0."""
    if result.sum is None or reference is None or not result.decides_depth:
        return ""
    if reference == 0:
        return signed_mm(result.sum - reference)
    return percent_change(result.sum, reference, RECIST_1_1)


def _iso(day: float) -> str:
    return "" if pd.isna(day) else iso_of_day(day)
