"""References between records (``RS:17``, ``ADSL:5:DTHDT``) followed down to lines of the export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from cdisc_hai.derive.refs import RefDtype


@dataclass
class Lines:
    """Knows the sources of every record by its reference.

    ``raw`` holds the raw lines of the records of each SDTM dataset, ``below`` the references of
    each ADaM dataset's rows, both by variable ("" for the row itself). Without the export's lines a
    reference to SDTM ends as ``rs.xpt:17``, the record's number.
    """

    raw: Mapping[str, Mapping[str, Sequence[str]]]
    below: Mapping[str, Mapping[str, Sequence[str]]]
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, sdtm: Mapping[str, pd.DataFrame], adam: Mapping[str, pd.DataFrame]) -> Lines:
        """From frames with ``@src`` (SDTM) and ``@from`` (ADaM), records counted from 1."""
        raw = {
            name: {"": list(frame["@src"]), **_by_variable(frame, "@via.")}
            for name, frame in sdtm.items()
        }
        below = {
            name: {"": _texts(frame["@from"]), **_by_variable(frame, "@from.")}
            for name, frame in adam.items()
        }
        return cls(raw, below)

    def of_ref(self, ref: str) -> tuple[str, ...]:
        """The lines that a record, or one value of it, came from."""
        if ref not in self.known:
            self.known[ref] = ()  # a record that leads back to itself has no further source
            self.known[ref] = tuple(dict.fromkeys(self._follow(ref)))
        return self.known[ref]

    def _follow(self, ref: str) -> list[str]:
        dataset, row, variable = (*ref.split(":"), "", "")[:3]
        if not row.isdigit():
            return []
        place = int(row) - 1
        for known, deeper in ((self.below, True), (self.raw, False)):
            if dataset in known:
                columns = known[dataset]
                own = columns[variable][place] if variable in columns else ""
                steps = _split(own or columns[""][place])
                return [line for step in steps for line in self.of_ref(step)] if deeper else steps
        return [f"{dataset.lower()}.xpt:{row}"]

    def joined(self, refs: str) -> str:
        """The lines of several references, joined by ;"""
        return ";".join(dict.fromkeys(line for ref in _split(refs) for line in self.of_ref(ref)))


def _by_variable(frame: pd.DataFrame, prefix: str) -> dict[str, Sequence[str]]:
    return {
        column.removeprefix(prefix): _texts(frame[column])
        for column in frame.columns
        if column.startswith(prefix)
    }


def _texts(refs: pd.Series) -> Sequence[str]:
    """References by position; those that are numbers become text when they are asked for."""
    return refs.array if isinstance(refs.dtype, RefDtype) else list(refs)


def _split(text: str) -> list[str]:
    return [part for part in text.split(";") if part]
