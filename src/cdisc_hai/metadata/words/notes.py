"""What a text names and a reviewer cannot look up: each is explained once, below the text."""

from __future__ import annotations

from collections.abc import Callable


class Notes:
    """Explanations in the order in which they were asked for; one may ask for others."""

    def __init__(self) -> None:
        self.makers: dict[str, Callable[[], str]] = {}

    def need(self, title: str, maker: Callable[[], str]) -> None:
        """Have ``title`` explained by what ``maker`` says."""
        self.makers.setdefault(title, maker)

    def lines(self) -> list[str]:
        """``title: explanation``, a line each."""
        said: dict[str, str] = {}
        while len(said) < len(self.makers):
            title = next(t for t in self.makers if t not in said)
            said[title] = self.makers[title]()
        return [f"{title}: {text}" for title, text in said.items()]
