"""SDTM datasets made ready for derivations: qualifiers beside their parents, every row named."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import complete_day, day_of_iso

SUBJECT = "USUBJID"
EXACT = 2.0**53  # whole numbers below it are told apart as doubles


class SdtmTables(dict[str, pd.DataFrame]):
    """Tables by name; one that is not there is empty, and ``absent`` remembers its name."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.absent: set[str] = set()

    def __missing__(self, name: str) -> pd.DataFrame:
        self.absent.add(name)
        return pd.DataFrame({SUBJECT: pd.Series(dtype=object), "@ref": pd.Series(dtype=object)})


def sdtm_tables(frames: Mapping[str, pd.DataFrame]) -> SdtmTables:
    """Each dataset with ``@ref`` (``RS:17``, the record number from 1) and its qualifiers.

    Qualifiers are columns named by QNAM; ``@wide`` marks one record a subject.
    """
    tables = {}
    for name, frame in frames.items():
        if name.startswith("SUPP") or SUBJECT not in frame.columns:
            continue
        ready = frame.reset_index(drop=True)
        numbers = pd.Series(range(1, len(ready) + 1)).astype(str)
        ready = ready.assign(**{"@ref": (name + ":" + numbers).astype(object)})
        if f"SUPP{name}" in frames:
            ready = _with_qualifiers(ready, frames[f"SUPP{name}"])
        tables[name] = ready.assign(**{"@wide": True}) if ready[SUBJECT].is_unique else ready
    for name, frame in frames.items():
        if SUBJECT not in frame.columns:
            tables[name] = frame
    return SdtmTables(tables)


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
        wide = rows.pivot_table(
            index=keys, columns="QNAM", values="QVAL", aggfunc="first", sort=True
        ).reset_index()
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
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    texts = values.astype(object).map(str).str.strip()
    whole = (numbers == numbers.round()) & (numbers.abs() < EXACT)
    return texts.where(~whole, numbers.where(whole, 0).astype("int64").astype(str))


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


def limit_day(cutoff: str) -> float:
    """A cut-off given as ISO 8601 as a SAS date."""
    return day_of_iso(cutoff)
