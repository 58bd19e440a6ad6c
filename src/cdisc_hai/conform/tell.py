"""Records that break a rule as findings: one a value, with all its records and raw lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from cdisc_hai.findings import Finding, source_key

_LINEAGE = ("@src", "@from")


def told(
    finding: Finding,
    frame: pd.DataFrame,
    bad: pd.Series,
    quotes: Sequence[str],
    lines: pd.Series | None,
) -> Iterator[Finding]:
    """``finding``, whose message follows the values of ``quotes``, once for each such value.

    The frame's index counts records from 0; ``lines`` has their raw lines.
    """
    found = frame.loc[bad.to_numpy(dtype=bool), list(quotes)]
    for values, rows in _by_value(found):
        parts = [shown(value) for value in values]
        if len(parts) > 1:
            parts = [f"{name} {part}" for name, part in zip(quotes, parts, strict=True)]
        yield replace(
            finding,
            message=" ".join(filter(None, [", ".join(parts), finding.message])),
            rows=tuple(int(row) + 1 for row in rows),
            sources=sources_of(lines, rows),
        )


def _by_value(found: pd.DataFrame) -> Iterator[tuple[tuple[Any, ...], pd.Index]]:
    if found.empty and len(found.columns):
        return
    if not len(found.columns):
        if len(found.index):
            yield (), found.index
        return
    keys = found.map(shown).astype(object).agg("\0".join, axis="columns")
    for rows in found.groupby(keys, sort=False).groups.values():
        yield tuple(found.loc[rows[0]]), rows


def shown(value: Any) -> str:
    """A value as a message shows it: texts in quotes, whole numbers without a point."""
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "a missing value" if pd.isna(value) else str(value)


def sources_of(lines: pd.Series | None, rows: pd.Index) -> tuple[str, ...]:
    """The raw lines of these records, each once and in order."""
    if lines is None:
        return ()
    found = {part for text in lines.loc[rows].unique() for part in str(text).split(";")}
    return tuple(sorted(found - {""}, key=source_key))


def lines_of(frame: pd.DataFrame) -> pd.Series | None:
    """The lineage that a frame of ours brings along; anybody else's has none."""
    return next((frame[name] for name in _LINEAGE if name in frame.columns), None)
