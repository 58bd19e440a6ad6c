"""The course of a subject's lesions as a radiologist draws it: a row a lesion, a column a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NOT_SEEN = "-"
COLUMNS_AT_ONCE = 7
_WIDTH = 13


@dataclass(frozen=True)
class CourseLesion:
    """A lesion: ``role`` is target, non-target or new."""

    name: str
    role: str
    place: str = ""

    @property
    def title(self) -> str:
        """The lesion and where it lies."""
        return f"{self.name} {self.place.lower()}".strip()


@dataclass(frozen=True)
class CourseVisit:
    """A visit: ``cells`` in the order of the course's lesions, figures as texts in mm and %.

    ``sources`` are the lines behind its lesions, ``response_sources`` those behind the
    investigator's response, ``compared`` those of the baseline and of the nadir.
    """

    name: str
    number: float | None
    day: str
    cells: tuple[str, ...]
    sum: str = ""
    from_baseline: str = ""
    nadir: str = ""
    from_nadir: str = ""
    target: str = ""
    nontarget: str = ""
    new: str = ""
    derived: str = ""
    investigator: str = ""
    investigator_day: str = ""
    reason: str = ""
    differs: bool = False
    sources: tuple[str, ...] = ()
    response_sources: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """The lesions and visits of a subject, baseline first; ``remarks`` say what is odd."""

    subject: str
    start: str
    lesions: tuple[CourseLesion, ...]
    visits: tuple[CourseVisit, ...]
    remarks: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The sum at baseline in mm."""
        return self.visits[0].sum if self.visits else ""


FIGURES = (
    ("sum (mm)", "sum"),
    ("from baseline", "from_baseline"),
    ("nadir before (mm)", "nadir"),
    ("from nadir", "from_nadir"),
    ("target", "target"),
    ("non-target", "nontarget"),
    ("new lesion", "new"),
    ("DERIVED", "derived"),
    ("INVESTIGATOR", "investigator"),
)


def course_lines(course: Course) -> Iterator[str]:
    """The course as a table of text, a few visits at a time; ``*`` marks a difference."""
    counted = f"   responses count from {course.start}" if course.start else ""
    yield course.subject + counted
    if not course.visits:
        yield "  no lesion was looked at"
    for first in range(0, len(course.visits), COLUMNS_AT_ONCE):
        yield ""
        yield from _block(course, course.visits[first : first + COLUMNS_AT_ONCE])
    yield ""
    for visit in course.visits:
        if visit.reason:
            mark = "*" if visit.differs else " "
            yield f"{mark} {visit.day} {visit.name}: {visit.reason}"
    yield from (f"! {remark}" for remark in course.remarks)


def difference_lines(courses: Sequence[Course]) -> Iterator[str]:
    """Every difference: who, when, what was said, what the lesions say and why, which lines."""
    for course in courses:
        for visit in (one for one in course.visits if one.differs):
            said = f"investigator {visit.investigator}, derived {visit.derived}"
            yield f"{course.subject}  {visit.day}  {visit.name}: {said}"
            yield f"  {visit.reason}"
            yield f"  lesions {', '.join(visit.sources)}"
            yield f"  response {', '.join(visit.response_sources)}"
            yield ""


def _block(course: Course, visits: Sequence[CourseVisit]) -> Iterator[str]:
    titles = [lesion.title for lesion in course.lesions] + [title for title, _ in FIGURES]
    margin = max(len(title) for title in titles) + 2
    heads = [[*_wrapped(visit.name), visit.day] for visit in visits]
    depth = max(len(head) for head in heads)
    padded = [[""] * (depth - len(head)) + head for head in heads]
    figures = [(title, _figures(visits, name)) for title, name in FIGURES]
    longest = max((len(cell) for _, cells in figures for cell in cells), default=0)
    width = max(_WIDTH, longest + 2)
    for line in range(depth):
        yield _row("", [head[line] for head in padded], margin, width)
    rule = "  " + "-" * (margin - 2 + width * len(visits))
    yield rule
    for place, lesion in enumerate(course.lesions):
        yield _row(lesion.title, [visit.cells[place] for visit in visits], margin, width)
    yield rule
    for title, cells in figures:
        if any(cells):
            yield _row(title, cells, margin, width)


def _figures(visits: Sequence[CourseVisit], name: str) -> list[str]:
    """One line of figures; an investigator's response that differs is marked."""
    cells = [str(getattr(visit, name)) for visit in visits]
    if name == "investigator":
        return [f"{c} *" if v.differs else c for c, v in zip(cells, visits, strict=True)]
    return cells


def _wrapped(name: str) -> list[str]:
    """The words of a visit's name in lines that fit a column."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) < _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word[: _WIDTH - 1])
    return lines or [""]


def _row(title: str, cells: Sequence[str], margin: int, width: int) -> str:
    return ("  " + title.ljust(margin - 2) + "".join(c.rjust(width) for c in cells)).rstrip()
