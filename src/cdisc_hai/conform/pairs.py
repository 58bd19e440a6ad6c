"""Names and their codes go together one to one; the rarer pairing is the one at fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.conform.tell import lines_of, shown, sources_of
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Study
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.frames import columns_of, combined, rows_where
from cdisc_hai.sdtm.specs import spec_of

VISIT = "VISIT"
VISITS = (f"{VISIT}NUM", VISIT)


@dataclass(frozen=True)
class _Pair:
    first: str
    second: str
    datasets: tuple[str, ...]


def pair_findings(study: Study, frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Broken pairs: --TESTCD, --PARMCD or PARAMCD and its name, QNAM and QLABEL within their
    dataset, VISITNUM and VISIT over all datasets. The frames' indexes count records from 0."""
    for pair in _pairs(frames):
        parts = {
            name: rows_where(
                columns_of(frame, (pair.first, pair.second)),
                present(frame[pair.first]) & present(frame[pair.second]),
            )
            for name, frame in frames.items()
            if name in pair.datasets
        }
        yield from _broken(study, pair, parts, frames)


def _pairs(frames: Mapping[str, pd.DataFrame]) -> Iterator[_Pair]:
    for name, frame in frames.items():
        codes = (f"{name}TESTCD", f"{name}PARMCD", "PARAMCD")
        named = [(code, code.removesuffix("CD")) for code in codes]
        for first, second in (*named, ("QNAM", "QLABEL")):
            if {first, second} <= set(frame.columns):
                yield _Pair(first, second, (name,))
    visited = tuple(name for name, frame in frames.items() if set(VISITS) <= set(frame.columns))
    if visited:
        yield _Pair(*VISITS, visited)


def _broken(
    study: Study,
    pair: _Pair,
    parts: Mapping[str, pd.DataFrame],
    frames: Mapping[str, pd.DataFrame],
) -> Iterator[Finding]:
    columns = [pair.first, pair.second]
    each = [_counted(part, columns) for part in parts.values()]
    counts = pd.concat(each).groupby(columns, sort=False)["records"].sum().reset_index()
    wrong = _rarer(counts, pair.first) | _rarer(counts, pair.second)
    if not wrong.any():
        return
    rows = pd.concat(parts, names=["dataset", "row"]).reset_index()
    bad = rows.merge(counts.loc[wrong, columns], on=columns)
    for (name, one, other), records in bad.groupby(["dataset", *columns], sort=False):
        index = pd.Index(records["row"])
        dataset = spec_of(study, str(name))
        variable = dataset.variable(pair.second) if dataset else None
        yield Finding(
            rule="CONTRACT-ONE-TO-ONE",
            severity="error",
            message=f"{pair.first} {shown(one)} stands with {pair.second} {shown(other)}; "
            + _elsewhere(counts, columns, (one, other)),
            dataset=str(name),
            variable=pair.second,
            sources=sources_of(lines_of(frames[str(name)]), index),
            rows=tuple(int(row) + 1 for row in index),
            spec=variable.at if variable else "",
            mend=f"give each {pair.first} one {pair.second}, and each {pair.second} "
            f"one {pair.first}",
        )


def _counted(part: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The pairs of a dataset in the order in which they come first, with their records."""
    codes, first = combined([part[name] for name in columns])
    return part.iloc[first].assign(records=np.bincount(codes, minlength=len(first)))


def _rarer(counts: pd.DataFrame, by: str) -> pd.Series:
    """Pairs whose ``by`` has a commoner partner, or several that are equally common."""
    groups = counts.groupby(by)["records"]
    first = counts["records"].eq(groups.transform("max"))
    alone = first.groupby(counts[by]).transform("sum").eq(1)
    return groups.transform("size").gt(1) & ~(first & alone)


def _elsewhere(counts: pd.DataFrame, columns: Sequence[str], pair: tuple[Any, Any]) -> str:
    same = [counts[name].eq(value) for name, value in zip(columns, pair, strict=True)]
    rest = counts[same[0] ^ same[1]].sort_values("records", ascending=False, kind="stable")
    one, other = rest[list(columns)].iloc[0]
    return f"elsewhere {shown(one)} stands with {shown(other)}"
