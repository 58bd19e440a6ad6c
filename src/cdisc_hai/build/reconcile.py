"""Use cases of RECIST: the differences from the investigator, and a subject's lesions drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.adam import AdamResult, sdtm_tables
from cdisc_hai.build.course_of import Follow, course_of
from cdisc_hai.build.lesion_courses import Assessed, assessed
from cdisc_hai.build.place import written
from cdisc_hai.build.read_sdtm import read_folder
from cdisc_hai.build.refs import Lines
from cdisc_hai.build.specs import study_of
from cdisc_hai.build.study import cutoff_day
from cdisc_hai.derive.lesion_arrays import settings
from cdisc_hai.derive.sources import SUBJECT
from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.report.course import Course
from cdisc_hai.report.reconcile_html import reconcile_html


class NoSuchSubject(CdiscHaiError):
    """The subject that was asked for is not there."""

    exit_code = 2


@dataclass(frozen=True)
class Reconciled:
    """The courses of all subjects with a difference, how much was compared, and by what."""

    courses: tuple[Course, ...]
    subjects: int
    compared: int
    criteria: str = ""

    @property
    def differences(self) -> int:
        """How many visits differ."""
        return sum(visit.differs for course in self.courses for visit in course.visits)

    def as_json(self) -> dict[str, Any]:
        """The differences for a machine, one entry a visit."""
        return {
            "subjects": self.subjects,
            "compared": self.compared,
            "differences": [
                _entry(course, place)
                for course in self.courses
                for place, visit in enumerate(course.visits)
                if visit.differs
            ],
        }


def reconcile(
    *,
    sdtm: Path | str,
    specs: Path | str | None = None,
    cutoff: str | None = None,
    responses: str | None = None,
    html: Path | str | None = None,
) -> Reconciled:
    """Every assessment at which the derived and the investigator's response differ.

    ``responses`` names the derivation where the specs have several, ``html`` is a page to write.
    Lines of the export are told where the SDTM stands in the build that made it, else records of
    its files.
    """
    every, lines, title = _assessed(Path(sdtm), specs, cutoff, responses)
    visits = every.visits
    subjects = list(dict.fromkeys(visits.loc[visits["differs"], SUBJECT]))
    courses = tuple(course_of(every, subject, lines) for subject in sorted(subjects))
    both = visits["INV"].notna() & visits["AVALC"].ne("")
    criteria, _ = settings(every.arguments.get("criteria") or {})
    found = Reconciled(courses, int(visits[SUBJECT].nunique()), int(both.sum()), criteria.name)
    if html:
        page = reconcile_html(f"{title}: derived and investigator's responses", found)
        with written(Path(html)) as part:
            part.write_text(page, encoding="utf-8")
    return found


def show(
    *,
    sdtm: Path | str,
    subject: str,
    specs: Path | str | None = None,
    cutoff: str | None = None,
    responses: str | None = None,
) -> Course:
    """The lesions of a subject by visit, with sums and responses.

    ``subject`` is USUBJID, or the end of one that no other subject shares; ``responses`` names the
    derivation where the specs have several.
    """
    every, lines, _ = _assessed(Path(sdtm), specs, cutoff, responses)
    known = list(every.subjects[SUBJECT])
    mine = [one for one in known if one == subject] or [
        one for one in known if one.endswith(subject)
    ]
    if len(mine) != 1:
        if not mine:
            raise NoSuchSubject(f"none of the {len(known)} assessed subjects ends with '{subject}'")
        shown = ", ".join(sorted(mine)[:3]) + (" ..." if len(mine) > 3 else "")
        raise NoSuchSubject(f"{len(mine)} subjects end with '{subject}': {shown}; name one of them")
    return course_of(every, mine[0], lines)


def _assessed(
    folder: Path, specs: Path | str | None, cutoff: str | None, responses: str | None
) -> tuple[Assessed, Follow, str]:
    study = study_of(specs)
    frames = read_folder(folder, study.encoding)
    until = cutoff_day(study, frames, cutoff, "")
    every = assessed(study, sdtm_tables(frames), until, responses)
    return every, _lines(folder, every.made).of_ref, study.id


def _lines(folder: Path, made: AdamResult) -> Lines:
    """From helpers to records of the SDTM, and on to the export where its lineage is beside."""
    raw: dict[str, dict[str, Sequence[str]]] = {}
    for place in (folder.parent / "lineage" / "sdtm", folder / "lineage" / "sdtm"):
        for path in sorted(place.glob("*.csv")):
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
            table = table[table["how"] == "made of"]
            joined = table.groupby(table["row"].astype(int))["source"].agg(";".join)
            last = int(joined.index.max()) if len(joined) else 0
            lines = list(joined.reindex(range(1, last + 1), fill_value=""))
            raw.setdefault(path.stem.upper(), {"": lines})
    tables = Lines.of({}, {**made.frames, **made.helpers})
    return Lines(raw, tables.below)


def _entry(course: Course, place: int) -> dict[str, Any]:
    visit = course.visits[place]
    lesions = [
        {
            "lesion": lesion.name,
            "role": lesion.role,
            "location": lesion.place,
            "baseline": course.visits[0].cells[at],
            "visit": visit.cells[at],
        }
        for at, lesion in enumerate(course.lesions)
    ]
    return {
        "USUBJID": course.subject,
        "VISITNUM": visit.number,
        "AVISIT": visit.name,
        "ADT": visit.day,
        "OVR": visit.investigator,
        "OVRDT": visit.investigator_day,
        "DOVR": visit.derived,
        "TRGRESP": visit.target,
        "NTRGRESP": visit.nontarget,
        "NEW": visit.new,
        "SUM": visit.sum,
        "NADIR": visit.nadir,
        "BASE": course.base,
        "reason": visit.reason,
        "lesions": lesions,
        "sources": list(visit.sources),
        "response_sources": list(visit.response_sources),
        "compared": list(visit.compared),
    }
