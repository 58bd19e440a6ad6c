"""Columns of other forms of the subject beside those of a row (``with`` of a block)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Block
from cdisc_hai.metadata.conditions import matches

Frames = Mapping[str, pd.DataFrame]


def put_beside(rows: pd.DataFrame, block: Block, forms: Frames) -> pd.DataFrame:
    """The rows with columns of other forms, of the same subject and with equal ``match``; empty
    where there is no such row. A row that gave something is a source of the record too."""
    for entry in block.params.get("with") or []:
        match, other = _match(entry), _rows(entry, forms)
        other = other.drop_duplicates(list(match.values()), keep=entry.get("pick") or "first")
        places = _keys(other, match.values()).get_indexer(_keys(rows, match))
        found = pd.Series(places >= 0, index=rows.index)
        given = {
            name: _taken(other[column], places, rows.index)
            for name, column in (*entry["columns"].items(), ("@beside", "@src"))
        }
        line = given.pop("@beside")
        rows = rows.assign(**given, **{"@src": rows["@src"] + (";" + line).where(found, "")})
    return rows


def several_beside(block: Block, forms: Frames) -> list[Finding]:
    """Rows of another form that were passed over, where the spec does not say which is meant."""
    told = []
    for entry in block.params.get("with") or []:
        if entry.get("pick"):
            continue
        match, other = _match(entry), _rows(entry, forms)
        keys = list(match.values())
        wanted = _keys(other, keys).isin(_keys(forms[block.source], match))
        several = other[wanted & other.duplicated(keys, keep=False).to_numpy()]
        for _, group in several.groupby(keys, sort=False):
            told.append(_several(block, entry["form"], tuple(group["@src"])))
    return told


def _several(block: Block, form: str, lines: tuple[str, ...]) -> Finding:
    return Finding(
        rule="MAP-SEVERAL-ROWS",
        severity="warning",
        message=f"{len(lines)} rows of {form} fit a row of {block.source}; the first is taken",
        sources=lines,
        spec=block.at,
        mend="correct the rows, or say which is meant: 'match', 'where' or 'pick' of 'with'",
    )


def _match(entry: Mapping[str, Any]) -> dict[str, str]:
    return {"@key": "@key", **(entry.get("match") or {})}


def _rows(entry: Mapping[str, Any], forms: Frames) -> pd.DataFrame:
    other = forms[entry["form"]]
    return other[matches(other, entry.get("where") or {})]


def _keys(rows: pd.DataFrame, names: Any) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([rows[name] for name in names])


def _taken(values: pd.Series, places: np.ndarray, index: pd.Index) -> pd.Series:
    cells = np.append(values.to_numpy(dtype=object), "")  # the last one is for no row: place -1
    return pd.Series(cells[places], index=index, dtype=object)
