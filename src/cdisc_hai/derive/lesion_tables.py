"""Lesions and their results as the specs name them, numbered for the RECIST engine.

Which records are target, non-target and new lesions, which are lymph nodes, which tests measure
them and which results are states: all this is told by the spec, for the SDTM of any study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.derive.common import in_common
from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.lesion_parts import with_parts
from cdisc_hai.derive.sources import SUBJECT, Tables, column, days
from cdisc_hai.derive.subjects import among, places
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import iso_of_days
from cdisc_hai.recist.rows import NonTargetCode, TargetCode, hundredths

Source = Mapping[str, Any]
TARGET, NONTARGET, NEW, NO_ROLE = "target", "nontarget", "new", ""
ROLES = (TARGET, NONTARGET, NEW)
NO_STATE = -1


@dataclass(frozen=True)
class LesionTables:
    """``lesions``: one row a lesion with its ``role``, ``node`` and ``number`` within the role;
    ``rows``: one row a result, with that of its lesion, ``visit``, ``day``, ``state``, ``size``."""

    lesions: pd.DataFrame
    rows: pd.DataFrame

    def of(self, role: str) -> pd.DataFrame:
        """The lesions of a role, in the order of their numbers."""
        return self.lesions[self.lesions["role"] == role]


def lesion_tables(
    subjects: pd.DataFrame, tables: Tables, lesions: Source, results: Source
) -> LesionTables:
    """The lesions of these subjects, and their results."""
    asked = {"lesions": lesions, "results": results}
    return in_common(
        "lesions", subjects, tables, asked, lambda: _tables(subjects, tables, lesions, results)
    )


def _tables(
    subjects: pd.DataFrame, tables: Tables, lesions: Source, results: Source
) -> LesionTables:
    whose = subjects[SUBJECT]
    known, rows = _named(
        with_parts(_lesions(tables[lesions["dataset"]], lesions, whose), lesions),
        with_parts(_results(tables[results["dataset"]], results, whose), lesions),
    )
    first = known.drop_duplicates("key").reset_index(drop=True)
    first["number"] = first.groupby("role").cumcount()
    rows = _beside(rows, first)
    unseen = known[known["role"].eq(NEW) & ~known["key"].isin(rows["key"])]
    if not lesions.get("visit"):
        unseen = _at_visits(unseen, rows)
    rows = pd.concat(
        [_with_states(rows, results), _with_states(_beside(unseen, first), results)],
        ignore_index=True,
    )
    return LesionTables(first, rows)


def _named(known: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both with one number a lesion (``key``), in the order of whose it is, its group and its name;
    ``host`` is that of the lesion into which it went, -1 for none."""
    both = (known, rows)
    group, groups = _places(*(frame["group"] for frame in both))
    name, names = _places(*(frame[part] for part in ("lesion", "into") for frame in both))
    lesion, into = np.split(name, 2)
    subject = np.concatenate([frame["subject"].to_numpy(dtype=np.int64) for frame in both])
    whose = (subject * groups + group) * names
    hosts = np.concatenate([texts(frame["into"]).ne("").to_numpy() for frame in both])
    keys, host = whose + lesion, np.where(hosts, whose + into, -1)
    split = len(known)
    return (
        known.assign(key=keys[:split], host=host[:split]),
        rows.assign(key=keys[split:], host=host[split:]),
    )


def _places(*columns: pd.Series) -> tuple[np.ndarray, int]:
    """The place of each text among all that the columns have, and how many there are."""
    every = np.concatenate([texts(one).to_numpy(dtype=object) for one in columns])
    codes, distinct = pd.factorize(every, sort=True)
    return codes, max(len(distinct), 1)


def _at_visits(unseen: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Identifications without a visit belong to that of a result of the same day, if any."""
    seen = rows.dropna(subset=["day"]).drop_duplicates(["subject", "day"])
    visits = unseen[["subject", "day"]].merge(
        seen[["subject", "day", "visit", "order"]], on=["subject", "day"], how="left"
    )
    beside = visits.set_axis(unseen.index)
    found = beside["visit"].notna()
    return unseen.assign(
        visit=unseen["visit"].where(~found, beside["visit"]),
        order=unseen["order"].where(~found, beside["order"]),
    )


def _beside(rows: pd.DataFrame, lesions: pd.DataFrame) -> pd.DataFrame:
    """Each row with the role, the nodal flag and the number of its lesion."""
    # a last entry for what is not there, which is found at place -1
    role = np.array([*lesions["role"], NO_ROLE], dtype=object)
    node = np.array([*lesions["node"], False], dtype=bool)
    number = np.array([*lesions["number"], -1], dtype=np.int64)
    keys = pd.Index(lesions["key"])
    place, host = (keys.get_indexer(pd.Index(rows[name])) for name in ("key", "host"))
    return rows.assign(
        role=role[place], node=node[place], number=number[place], host_number=number[host]
    )


def _lesions(table: pd.DataFrame, spec: Source, whose: pd.Series) -> pd.DataFrame:
    """The identification records that have a role."""
    table = table[matches(table, spec.get("where") or {}) & among(table[SUBJECT], whose)]
    role = pd.Series(NO_ROLE, index=table.index, dtype=object)
    for name in ROLES:
        if spec.get(name):
            role = role.where(role.ne(NO_ROLE) | ~matches(table, spec[name]), name)
    node = matches(table, spec["node"]) if spec.get("node") else False
    # A lesion that is only identified, and has no result, is seen all the same.
    found = _common(table, spec, whose).assign(role=role, node=node, size=-1, **_CONDITIONS)
    found["organ"] = column(table, spec.get("organ") or "")
    found["slice"] = pd.to_numeric(column(table, spec.get("slice") or ""), errors="coerce")
    return found[found["role"].ne(NO_ROLE)].reset_index(drop=True)


def _results(table: pd.DataFrame, spec: Source, whose: pd.Series) -> pd.DataFrame:
    """The results, with the conditions of the spec as columns of truth."""
    table = table[matches(table, spec.get("where") or {}) & among(table[SUBJECT], whose)]
    asked = {
        name: matches(table, spec[name]) if spec.get(name) else default
        for name, default in _CONDITIONS.items()
    }
    size = pd.to_numeric(column(table, spec["size"]), errors="coerce")
    return (
        _common(table, spec, whose)
        .assign(size=hundredths(size.to_numpy()), **asked)
        .reset_index(drop=True)
    )


# What a spec may say of a result, and what holds where it says nothing.
_CONDITIONS = {
    "baseline": False,
    "diameter": True,
    "short_axis": True,
    "too_small": False,
    "absent": False,
    "present": False,
    "progressed": False,
    "equivocal": False,
}


def _first_of(choices: Sequence[tuple[Any, int]], otherwise: int) -> np.ndarray:
    conditions = [np.asarray(condition, dtype=bool) for condition, _ in choices]
    return np.select(conditions, [state for _, state in choices], otherwise)


_KEPT = ("baseline", "equivocal")


def _common(table: pd.DataFrame, spec: Source, whose: pd.Series) -> pd.DataFrame:
    day, flag = days(table, spec) if spec.get("date") else (np.nan, "")
    subject = places(table[SUBJECT], whose)
    link = column(table, spec["link"]).to_numpy(dtype=object)
    group = column(table, spec.get("group") or "").to_numpy(dtype=object)
    visit = texts(column(table, spec.get("visit") or ""))
    dated = column(table, spec.get("date") or "")
    sequence = column(table, "SRCSEQ" if "SRCSEQ" in table else f"{spec['dataset']}SEQ")
    return framed(
        {
            "subject": subject,
            "group": group,
            "lesion": link,
            "visit": visit.where(visit.ne(""), _named_by(dated)),
            "order": pd.to_numeric(column(table, spec.get("visit_number") or ""), errors="coerce"),
            "day": day,
            "flag": flag,
            "dom": column(table, "SRCDOM") if "SRCDOM" in table else spec["dataset"],
            "var": column(table, "SRCVAR") if "SRCVAR" in table else spec.get("size", spec["link"]),
            "seq": pd.to_numeric(sequence, errors="coerce"),
            "ref": table["@ref"],
        },
        table.index,
    )


def _named_by(dates: pd.Series) -> pd.Series:
    """What a visit without a name is called: its date as text."""
    return iso_of_days(dates) if pd.api.types.is_numeric_dtype(dates) else texts(dates)


def _with_states(rows: pd.DataFrame, spec: Source) -> pd.DataFrame:
    """The state of each result by the role of its lesion."""
    measures = np.where(rows["node"], rows["short_axis"], rows["diameter"])
    target = [
        (rows["into"].ne(""), TargetCode.MERGED),
        (rows["absent"], TargetCode.ABSENT),
        (rows["too_small"], TargetCode.TOO_SMALL),
        (measures & (rows["size"] >= 0), TargetCode.MEASURED),
        (measures, TargetCode.NOT_EVALUABLE),
    ]
    other = [
        (rows["progressed"], NonTargetCode.PROGRESSED),
        (rows["present"], NonTargetCode.PRESENT),
        (rows["absent"], NonTargetCode.ABSENT),
    ]
    state = np.where(
        rows["role"] == TARGET,
        _first_of(target, NO_STATE),
        _first_of(other, NonTargetCode.NOT_EVALUABLE),
    )
    kept = [name for name in rows.columns if name not in _CONDITIONS or name in _KEPT]
    return rows[kept].assign(state=state)
