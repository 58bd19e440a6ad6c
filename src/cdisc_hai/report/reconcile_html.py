"""The differences between derived and investigator's responses as one page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Protocol

from cdisc_hai.report.course import FIGURES, Course


class Differences(Protocol):
    """The courses of subjects with differences, and how much was compared."""

    @property
    def courses(self) -> Sequence[Course]:
        """Subjects with a difference."""

    @property
    def subjects(self) -> int:
        """All subjects that were compared."""

    @property
    def compared(self) -> int:
        """All assessments that were compared."""

    @property
    def differences(self) -> int:
        """How many of them differ."""


def reconcile_html(title: str, found: Differences) -> str:
    """The text of the page: a card a subject, its lesions drawn; same input, same bytes."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only when a page is made

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = files("cdisc_hai.report").joinpath("reconcile.html.j2").read_text("utf-8")
    numbered = [
        (course, [visit for visit in course.visits if visit.differs]) for course in found.courses
    ]
    return environment.from_string(template).render(
        title=title,
        found=found,
        courses=numbered,
        figures=[(heading, name) for heading, name in FIGURES if name != "investigator"],
    )
