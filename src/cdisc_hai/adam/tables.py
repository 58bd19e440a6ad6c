"""SDTM datasets made ready for derivations: qualifiers beside their parents, every row named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.adam.qualifiers import with_qualifiers
from cdisc_hai.derive.refs import Refs
from cdisc_hai.derive.sources import SEQUENCE
from cdisc_hai.derive.subjects import Subjects, numbers
from cdisc_hai.metadata import Study
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import complete_day

SUBJECT = "USUBJID"
SUBJECTS_OF = "DM"  # has every subject (SDTMIG 5.2); a stray one of another dataset comes later


class SdtmTables(dict[str, pd.DataFrame]):
    """Tables by name; one that is not there is empty, and ``absent`` remembers its name.

    A table is made ready when it is first asked for. ``wanted``: the words that the specs use,
    among them the variables and qualifiers that a table is to have (None: every one). ``memo``
    holds what the parameters of one dataset have worked out in common, ``subjects`` the subjects
    of all tables.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.raw: Mapping[str, pd.DataFrame] = {}
        self.waiting: set[str] = set()
        self.wanted: frozenset[str] | None = None
        self.absent: set[str] = set()
        self.memo: dict[str, Any] = {}
        self.subjects = Subjects()
        if isinstance(tables, SdtmTables):
            self.raw, self.waiting, self.wanted = tables.raw, set(tables.waiting), tables.wanted
            self.subjects = tables.subjects

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.waiting

    def __missing__(self, name: str) -> pd.DataFrame:
        if name in self.waiting:
            self.waiting.discard(name)
            self[name] = _ready(name, self.raw, self.wanted, self.subjects)
            self._recode()
            return self[name]
        self.absent.add(name)
        return pd.DataFrame({SUBJECT: pd.Series(dtype=object), "@ref": pd.Series(dtype=object)})

    def coded(self, subjects: pd.Series) -> pd.Categorical:
        """A column of subjects with the categories of all tables."""
        return self.subjects.coded(subjects)

    def _recode(self) -> None:
        """Tables that were coded before a subject came to be known, coded with all of them."""
        for name, table in self.items():
            if SUBJECT in table.columns and isinstance(table[SUBJECT].dtype, pd.CategoricalDtype):
                known = self.subjects.coded(table[SUBJECT])
                if known is not table[SUBJECT].array:
                    self[name] = table.assign(**{SUBJECT: known})


def sdtm_tables(frames: Mapping[str, pd.DataFrame]) -> SdtmTables:
    """Each dataset with ``@ref`` (``RS:17``, the record number from 1) and its qualifiers.

    Qualifiers are columns named by QNAM; ``@wide`` marks one record a subject.
    """
    tables = SdtmTables({n: frame for n, frame in frames.items() if SUBJECT not in frame.columns})
    tables.raw = frames
    tables.waiting = {name for name in frames if name not in tables and not name.startswith("SUPP")}
    if SUBJECTS_OF in tables.waiting:
        tables.subjects = Subjects(frames[SUBJECTS_OF][SUBJECT])
    return tables


def _ready(
    name: str,
    frames: Mapping[str, pd.DataFrame],
    wanted: frozenset[str] | None,
    subjects: Subjects,
) -> pd.DataFrame:
    """One dataset with the names of its records, and with its qualifiers."""
    own = frames[name]
    kept = [c for c in own.columns if _is_wanted(c, wanted)]
    # columns of their own: what is picked of one does not move the others
    columns = {column: own[column].array for column in kept}
    columns[SUBJECT] = subjects.coded(own[SUBJECT])
    ready = pd.DataFrame({**columns, "@ref": Refs.count(name, len(own))}, copy=False)
    if f"SUPP{name}" in frames:
        supp = frames[f"SUPP{name}"][[SUBJECT, "IDVAR", "IDVARVAL", "QNAM", "QVAL"]]
        if wanted is not None:
            supp = supp[supp["QNAM"].isin(wanted)]
        ready = with_qualifiers(ready, supp, own, subjects)
    codes, count = numbers(ready[SUBJECT])
    once = np.bincount(codes[codes >= 0], minlength=count).max(initial=0) <= 1
    return ready.assign(**{"@wide": True}) if once else ready


def _is_wanted(name: str, wanted: frozenset[str] | None) -> bool:
    """Whether a derivation may read a variable: a word of the specs, or a record's number."""
    return wanted is None or name == SUBJECT or name in wanted or bool(SEQUENCE.fullmatch(name))


def cutoff_of(study: Study, frames: Mapping[str, pd.DataFrame]) -> float | None:
    """The data cut-off that the SDTM itself tells, as a SAS date; None where it does not."""
    spec = study.cutoff_source
    frame = frames.get(str(spec.get("dataset")))
    if frame is None:
        return None
    rows = frame[matches(frame, spec.get("where") or {})]
    if spec.get("variable") not in rows.columns:
        return None
    days = complete_day(rows[spec["variable"]].astype(object))
    return None if days.dropna().empty else float(days.dropna().iloc[0])
