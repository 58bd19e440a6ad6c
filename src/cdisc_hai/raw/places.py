"""Whose record a line of the export is: form, site, subject, visit, repeat, record number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.metadata.frames import apart

ROLES = ("site", "subject", "key", "folder", "repeat", "record")


@dataclass(frozen=True)
class Place:
    """One line of the export; what its form does not tell is empty."""

    form: str
    site: str = ""
    subject: str = ""
    key: str = ""
    folder: str = ""
    repeat: str = ""
    record: str = ""


def roles_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a form as read that tell its places, in as little memory as they need."""
    names = [f"@{role}" for role in ROLES if f"@{role}" in frame.columns]
    told = {name: _compact(frame[name]) for name in names}
    return apart({**told, "@src": frame["@src"]}, frame.index)


def _compact(values: pd.Series) -> pd.Series:
    """Texts that come again as numbers of a list of them."""
    codes, distinct = pd.factorize(values)
    if 2 * len(distinct) > len(values):
        return values
    return pd.Series(pd.Categorical.from_codes(codes, distinct), index=values.index)


def places_of(
    frames: Mapping[str, pd.DataFrame], sources: Iterable[str]
) -> dict[str, tuple[Place, ...]]:
    """The places of some lines; one that several forms share has one for each of them.

    ``frames`` are the forms as read, with ``@src`` and the roles.
    """
    wanted = set(sources)
    found: dict[str, tuple[Place, ...]] = {}
    for form, frame in frames.items():
        rows = frame[frame["@src"].isin(wanted)]
        columns = [
            rows[f"@{role}"] if f"@{role}" in rows.columns else [""] * len(rows) for role in ROLES
        ]
        for source, *told in zip(rows["@src"], *columns, strict=True):
            place = Place(form, *(str(text) for text in told))
            found[str(source)] = (*found.get(str(source), ()), place)
    return dict(sorted(found.items()))
