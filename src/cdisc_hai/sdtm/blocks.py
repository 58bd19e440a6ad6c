"""The source rows of one record block: a form, another dataset, gathered dates, typed rows, or the
schedule of visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cdisc_hai.metadata import Block, Study, Visit
from cdisc_hai.metadata.conditions import matches, present
from cdisc_hai.metadata.dates import read_dates
from cdisc_hai.metadata.frames import columns_of, rows_where
from cdisc_hai.metadata.model import RawSpec
from cdisc_hai.sdtm.beside import put_beside

Frames = Mapping[str, pd.DataFrame]


def block_rows(block: Block, forms: Frames, tables: Frames, study: Study) -> pd.DataFrame:
    """The rows of a block, each with ``@src``; their index is fresh."""
    raw = study.raw
    if any(tables[name].empty for name in block.needs):
        return pd.DataFrame()
    if block.kind == "gather":
        return _gather(block, forms, raw)
    if block.kind == "form":
        rows = put_beside(forms[block.source], block, forms)
    elif block.kind == "dataset":
        rows = tables[block.source]
    else:
        entries = _visits(study.visits) if block.kind == "schedule" else block.params["entries"]
        rows = _typed(entries)
    rows = rows_where(rows, matches(rows, block.where))
    if block.params.get("first"):
        rows = _first(rows, block.params["first"], raw)
    return _named(rows.reset_index(drop=True), block)


def _named(rows: pd.DataFrame, block: Block) -> pd.DataFrame:
    """The columns by the names that a long block gives them, and its constant ones."""
    columns = block.params.get("columns") or {}
    constant = block.params.get("values") or {}
    named = {name: rows[column] for name, column in columns.items() if column in rows.columns}
    fixed = {
        name: pd.Series(_text(value), index=rows.index, dtype=object)
        for name, value in constant.items()
    }
    return rows.assign(**named, **fixed) if named or fixed else rows


def _first(rows: pd.DataFrame, first: Mapping[str, Any], raw: RawSpec) -> pd.DataFrame:
    """The earliest row of each group by a collected date, then by the record number."""
    iso, _ = read_dates(rows[first["date"]], formats=raw.date_formats, unknown=raw.unknown_parts)
    ordered = rows.assign(**{"@day": iso.where(iso.ne(""), "~")})
    ordered = ordered.sort_values(["@day", "@number"], kind="stable")
    return ordered.drop_duplicates(list(first["by"])).drop(columns="@day")


def _visits(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The schedule as rows, for trial visits (SDTMIG 7.3.1)."""
    return [
        {
            "name": v.name,
            "number": f"{v.number:g}",
            "planned": "Y" if v.planned else "",
            "day": "" if v.day is None else f"{v.day:g}",
            "starts": v.starts,
            "ends": v.ends,
        }
        for v in visits
    ]


def _typed(entries: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows that stand in the specs, as trial design does."""
    names = list(dict.fromkeys(name for entry in entries for name in entry))
    rows = pd.DataFrame(
        {name: pd.Series([_text(e.get(name)) for e in entries], dtype=object) for name in names}
    )
    numbers = pd.Series(range(len(rows)), dtype=float)
    return rows.assign(**{"@src": ""}).assign(**{"@number": numbers})


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _gather(block: Block, forms: Frames, raw: RawSpec) -> pd.DataFrame:
    """One row a subject and folder over several forms: the first start and the last end."""
    parts = [_dated(entry, forms, raw) for entry in block.params["entries"]]
    stacked = pd.concat(parts, ignore_index=True)
    stacked = stacked[stacked["@folder"].ne("")]
    if stacked.empty:
        return stacked
    keys = ["@key", "@folder"]
    whole = stacked.sort_values(keys, kind="stable").drop_duplicates(keys).set_index(keys)
    starts = _outermost(stacked, keys, "@start", first=True)
    ends = _outermost(stacked, keys, "@end", first=False)
    return whole.assign(
        **{
            "@start": starts.reindex(whole.index).fillna(""),
            "@end": ends.reindex(whole.index).fillna(""),
            "@src": _joined(stacked, keys).reindex(whole.index),
        }
    ).reset_index()


def _joined(rows: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """The distinct raw lines of each group, joined by ``;`` in their order as text."""
    lines = rows[[*keys, "@src"]].drop_duplicates().sort_values([*keys, "@src"], kind="stable")
    begins = (~lines.duplicated(list(keys))).to_numpy().nonzero()[0].tolist()
    texts = lines["@src"].tolist()
    joined = [
        ";".join(texts[start:end])
        for start, end in zip(begins, [*begins[1:], len(texts)], strict=True)
    ]
    return pd.Series(joined, index=pd.MultiIndex.from_frame(lines.iloc[begins][list(keys)]))


def _outermost(rows: pd.DataFrame, keys: list[str], name: str, *, first: bool) -> pd.Series:
    """The smallest or largest text of each group, without the slow way of groups of texts."""
    told = rows.loc[present(rows[name]), [*keys, name]]
    ordered = told.sort_values(name, ascending=first, kind="stable")
    return ordered.drop_duplicates(keys).set_index(keys)[name]


def _dated(entry: Mapping[str, Any], forms: Frames, raw: RawSpec) -> pd.DataFrame:
    rows = forms[entry["form"]]
    rows = rows_where(rows, matches(rows, entry.get("where") or {}))
    roles = [c for c in rows.columns if c.startswith("@")]
    start, _ = read_dates(rows[entry["start"]], formats=raw.date_formats, unknown=raw.unknown_parts)
    end = start
    if entry.get("end"):
        closed, _ = read_dates(
            rows[entry["end"]], formats=raw.date_formats, unknown=raw.unknown_parts
        )
        end = closed.where(closed.ne(""), start)
    return columns_of(rows, roles).assign(**{"@start": start, "@end": end})
