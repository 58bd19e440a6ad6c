"""What a text names and a reviewer cannot look up: each is explained once, below the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cdisc_hai.metadata.model import Variable


@dataclass(frozen=True)
class Note:
    """An explanation of a name, and the spec lines (``file:line``) that it stands for."""

    title: str
    text: str
    at: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.title}: {self.text}"


def places(variable: Variable) -> tuple[str, ...]:
    """The lines of a variable and of its operations."""
    return tuple(dict.fromkeys((variable.at, *(step.at for step in variable.steps))))


class Notes:
    """Explanations in the order in which they were asked for; one may ask for others."""

    def __init__(self) -> None:
        self.makers: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {}

    def need(self, title: str, maker: Callable[[], str], *at: str) -> None:
        """Have ``title`` explained by what ``maker`` says."""
        self.makers.setdefault(title, (maker, at))

    def every(self) -> tuple[Note, ...]:
        """The explanations."""
        said: dict[str, Note] = {}
        while len(said) < len(self.makers):
            title = next(t for t in self.makers if t not in said)
            maker, at = self.makers[title]
            said[title] = Note(title, maker(), at)
        return tuple(said.values())

    def lines(self) -> list[str]:
        """``title: explanation``, a line each."""
        return [str(note) for note in self.every()]
