"""Lesions that fell apart or grew together, told by their names: ``T04.1``, ``T03/T04``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.recist.rows import TargetCode


def with_parts(rows: pd.DataFrame, spec: Mapping[str, Any]) -> pd.DataFrame:
    """Rows under the names of the lesions that were chosen.

    With ``split`` a name up to that mark is the lesion's, and the row one of its fragments
    (``fragment``). With ``merge`` a row of several names is the first one's, the host; the others
    have a row that says into which they went (``into``).
    """
    rows = rows.assign(fragment=False, into="")
    names = rows["lesion"].astype(str)
    mark = spec.get("merge")
    joined = names.str.contains(mark, regex=False) if mark else pd.Series(False, index=rows.index)
    if joined.any():
        parts = rows[joined].assign(lesion=names[joined].str.split(mark))
        parts["host"] = parts["lesion"].str[0]
        parts = parts.explode("lesion")
        parts["into"] = parts["host"].where(parts["lesion"].ne(parts["host"]), "")
        rows = pd.concat([rows[~joined], parts.drop(columns="host")], ignore_index=True)
        names = rows["lesion"].astype(str)
    mark = spec.get("split")
    if mark:
        codes, every = pd.factorize(names.to_numpy(dtype=object))  # each name is taken apart once
        fragment = np.array([mark in name for name in every], dtype=bool)[codes]
        whole = np.array([name.split(mark, 1)[0] for name in every], dtype=object)[codes]
        lesion = np.where(fragment, whole, rows["lesion"].to_numpy(dtype=object))
        rows = rows.assign(
            fragment=fragment, lesion=pd.Series(lesion, index=rows.index, dtype=object)
        )
    return rows


def joined_fragments(rows: pd.DataFrame, at: str, lesion: str) -> pd.DataFrame:
    """The fragments of a lesion at a visit as one measured row of their sizes together.

    One without a size leaves the whole without one; other rows of the lesion are passed over.
    """
    fragment = rows["fragment"].astype(bool)
    if not fragment.any():
        return rows
    keys = [rows[at], rows[lesion]]
    several = fragment.groupby(keys).transform("any")
    kept = rows[~several | fragment]
    size = kept["size"].where(kept["state"].isin([TargetCode.MEASURED, TargetCode.ABSENT]), -1)
    size = size.where(kept["state"].ne(TargetCode.ABSENT), 0)
    groups = [kept[at], kept[lesion]]
    total = size.groupby(groups).transform("sum")
    none = size.lt(0).groupby(groups).transform("any")
    of = kept["fragment"].astype(bool)
    state = np.where(none, TargetCode.NOT_EVALUABLE, TargetCode.MEASURED)
    return kept.assign(
        size=np.where(of, np.where(none, -1, total), kept["size"]),
        state=np.where(of, state, kept["state"]),
    )
