"""ADaMIG: variables by the structure of their dataset; names may hold indexes (TRTxxP, AGEGRy)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from cdisc_hai.guide.facts import GuideVariable, rows_of, same_class, variable_of

_FILES = {"1.3": "adamig_1_3"}
ADSL, BDS = "Subject-Level Analysis Dataset", "Basic Data Structure"
# xx and zz have two digits, y and w are counted from 1 (ADaMIG 1.3, section 3.1.1)
_INDEXES = {"xx": "0[1-9]|[1-9][0-9]", "zz": "0[1-9]|[1-9][0-9]", "y": "[1-9][0-9]?", "w": "[1-9]"}
_INDEX = re.compile("xx|zz|y|w")


@dataclass(frozen=True)
class AdamGuide:
    """One version of ADaMIG."""

    version: str
    structures: Mapping[str, Mapping[str, GuideVariable]]

    def variable(self, klass: str, name: str) -> GuideVariable | None:
        """A variable by the class of its dataset, indexes in name and label filled in.

        Every dataset may copy variables of ADSL (ADaMIG 3.2), and any other than ADSL the
        timing, treatment and flag variables of BDS.
        """
        order = (ADSL,) if same_class(klass, ADSL) else (BDS, ADSL)
        for structure in order:
            found = self._in(self.structures[structure], name)
            if found is not None:
                return found
        return None

    def structure(self, klass: str) -> Mapping[str, GuideVariable] | None:
        """The variables of ADSL or BDS; None for a class that ADaMIG does not list."""
        return next((v for k, v in self.structures.items() if same_class(k, klass)), None)

    def _in(self, variables: Mapping[str, GuideVariable], name: str) -> GuideVariable | None:
        if name in variables:
            return variables[name]
        for written, variable in variables.items():
            found = None if written.startswith("*") else _pattern(written).fullmatch(name)
            if found:
                return replace(variable, name=name, label=_filled(variable.label, found))
        return None

    def suffix(self, name: str) -> GuideVariable | None:
        """What the ending of a user's own timing variable says (``NACTDT`` is a ``*DT``)."""
        every = [v for k, v in self.structures[BDS].items() if k.startswith("*")]
        fits = [v for v in every if name.endswith(v.name[1:]) and len(name) > len(v.name) - 1]
        return max(fits, key=lambda v: len(v.name), default=None)


_INDEX_WORD = re.compile(r"\b(?:xx|zz|y|w)\b")


def _filled(label: str, found: re.Match[str]) -> str:
    return _INDEX_WORD.sub(lambda word: found.groupdict()[word[0]], label)


@lru_cache(maxsize=512)
def _pattern(written: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts, at = [], 0
    for index in _INDEX.finditer(written):
        parts.append(re.escape(written[at : index.start()]))
        name = index[0]
        parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_INDEXES[name]})")
        seen.add(name)
        at = index.end()
    return re.compile("".join(parts) + re.escape(written[at:]))


@lru_cache(maxsize=4)
def adam_guide(version: str = "1.3") -> AdamGuide | None:
    """The facts of a version of ADaMIG; None for one that is not known here."""
    if version not in _FILES:
        return None
    structures: dict[str, dict[str, GuideVariable]] = {}
    for row in rows_of(f"{_FILES[version]}.csv"):
        own = structures.setdefault(row["class"], {})
        own.setdefault(row["name"], variable_of(row, len(own) + 1))
    return AdamGuide(version, structures)
