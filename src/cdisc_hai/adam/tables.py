"""SDTM datasets made ready for derivations: qualifiers beside their parents, every row named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import complete_day

SUBJECT = "USUBJID"
EXACT = 2.0**53  # whole numbers below it are told apart as doubles


class SdtmTables(dict[str, pd.DataFrame]):
    """Tables by name; one that is not there is empty, and ``absent`` remembers its name.

    A table is made ready when it is first asked for. ``wanted``: the words that the specs use,
    among them the qualifiers that a table is to have (None: every qualifier). ``memo`` holds what
    the parameters of one dataset have worked out in common.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.raw: Mapping[str, pd.DataFrame] = {}
        self.waiting: set[str] = set()
        self.wanted: frozenset[str] | None = None
        self.absent: set[str] = set()
        self.memo: dict[str, Any] = {}
        if isinstance(tables, SdtmTables):
            self.raw, self.waiting, self.wanted = tables.raw, set(tables.waiting), tables.wanted

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.waiting

    def __missing__(self, name: str) -> pd.DataFrame:
        if name in self.waiting:
            self.waiting.discard(name)
            self[name] = _ready(name, self.raw, self.wanted)
            return self[name]
        self.absent.add(name)
        return pd.DataFrame({SUBJECT: pd.Series(dtype=object), "@ref": pd.Series(dtype=object)})


def sdtm_tables(frames: Mapping[str, pd.DataFrame]) -> SdtmTables:
    """Each dataset with ``@ref`` (``RS:17``, the record number from 1) and its qualifiers.

    Qualifiers are columns named by QNAM; ``@wide`` marks one record a subject.
    """
    tables = SdtmTables({n: frame for n, frame in frames.items() if SUBJECT not in frame.columns})
    tables.raw = frames
    tables.waiting = {name for name in frames if name not in tables and not name.startswith("SUPP")}
    return tables


def _ready(
    name: str, frames: Mapping[str, pd.DataFrame], wanted: frozenset[str] | None
) -> pd.DataFrame:
    """One dataset with the names of its records, and with its qualifiers."""
    ready = frames[name].reset_index(drop=True)
    refs = np.array([f"{name}:{number}" for number in range(1, len(ready) + 1)], dtype=object)
    ready = ready.assign(**{"@ref": refs})
    if f"SUPP{name}" in frames:
        supp = frames[f"SUPP{name}"]
        if wanted is not None:
            supp = supp[supp["QNAM"].isin(wanted)]
        ready = _with_qualifiers(ready, supp)
    return ready.assign(**{"@wide": True}) if ready[SUBJECT].is_unique else ready


def _with_qualifiers(parent: pd.DataFrame, supp: pd.DataFrame) -> pd.DataFrame:
    """SUPP-- values as columns of the parent (SDTMIG 8.4): matched by IDVAR, or by the subject."""
    own = set(parent.columns)
    for idvar, group in supp.groupby("IDVAR", sort=True):
        keys, rows = [SUBJECT], group
        if idvar:
            if idvar not in own:
                continue
            keys = [SUBJECT, "@id"]
            rows = group.assign(**{"@id": _identifier(group["IDVARVAL"])})
            parent = parent.assign(**{"@id": _identifier(parent[idvar])})
        first = rows[rows["QVAL"].notna()].drop_duplicates([*keys, "QNAM"])
        wide = first.pivot(index=keys, columns="QNAM", values="QVAL").reset_index()
        names = [c for c in wide.columns if c not in keys and c not in own]
        found = parent[keys].merge(wide[[*keys, *names]], on=keys, how="left")
        for name in names:
            values = pd.Series(found[name].to_numpy(), index=parent.index, dtype=object)
            values = values.where(values.notna(), "")
            if name in parent.columns:  # told before, by another identifying variable
                values = parent[name].where(parent[name].ne(""), values)
            parent = parent.assign(**{name: values})
        parent = parent.drop(columns="@id", errors="ignore")
    return parent


def _identifier(values: pd.Series) -> pd.Series:
    """Identifying values as text, with numbers written alike on both sides."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    every = pd.Series(distinct)
    numbers = pd.to_numeric(every, errors="coerce").astype(float)
    words = every.astype(object).map(str).str.strip()
    whole = (numbers == numbers.round()) & (numbers.abs() < EXACT)
    words = words.where(~whole, numbers.where(whole, 0).astype("int64").astype(str))
    return pd.Series(words.to_numpy(dtype=object)[codes], index=values.index)


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
