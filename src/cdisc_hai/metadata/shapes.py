"""Reading a mapping of a spec with every unknown and missing key told at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.spots import Spot

_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str, int, float),
    "number": (int, float),
    "flag": (bool,),
    "list": (list,),
    "map": (dict,),
    "any": (str, int, float, bool, list, dict, type(None)),
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` where a known word is close, else nothing."""
    close = difflib.get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


class Reader:
    """Takes the keys of one mapping; ``done`` tells what was not expected there."""

    def __init__(self, spot: Spot, what: str, faults: list[Fault]) -> None:
        self.spot, self.what, self.faults = spot, what, faults
        self.known: set[str] = set()
        if not isinstance(spot.value, dict):
            faults.append(spot.fault(f"{what} is a mapping of names to values"))
            self.spot = Spot({}, spot.file, spot.line)

    def get(self, key: str, kind: str = "any", *, required: bool = False) -> Spot | None:
        """The spot under a key when it is there and of the kind that is expected."""
        self.known.add(key)
        found: Spot | None = self.spot.value.get(key)
        if found is None:
            if required:
                self.faults.append(self.spot.fault(f"{self.what} needs '{key}'"))
            return None
        fits = isinstance(found.value, _KINDS[kind])
        if kind in ("text", "number") and isinstance(found.value, bool):
            fits = False
        if not fits:
            self.faults.append(found.fault(f"'{key}' of {self.what} is to be a {kind}"))
            return None
        return found

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text."""
        found = self.get(key, "text", required=required)
        return default if found is None else str(found.value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        found = self.get(key, "flag")
        return default if found is None else bool(found.value)

    def plain(
        self, key: str, default: Any = None, kind: str = "any", *, required: bool = False
    ) -> Any:
        """Any value, without its places."""
        found = self.get(key, kind, required=required)
        return default if found is None else found.plain()

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; a single one may stand without brackets."""
        found = self.get(key, "any", required=required)
        if found is None:
            return ()
        plain = found.plain()
        return tuple(str(item) for item in (plain if isinstance(plain, list) else [plain]))

    def items(self, key: str, *, required: bool = False) -> list[tuple[str, Spot]]:
        """The names and spots of a mapping."""
        found = self.get(key, "map", required=required)
        return list(found.value.items()) if found else []

    def entries(self, key: str, *, required: bool = False) -> list[Spot]:
        """The spots of a list."""
        found = self.get(key, "list", required=required)
        return list(found.value) if found else []

    def done(self) -> None:
        """Tell every key that nobody asked for."""
        for key, spot in self.spot.value.items():
            if key not in self.known:
                hint = did_you_mean(key, self.known)
                self.faults.append(spot.fault(f"no key '{key}' in {self.what}{hint}"))
