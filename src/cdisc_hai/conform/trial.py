"""What the trial summary says."""

from __future__ import annotations

from cdisc_hai.conform.table import Folder


def parameter(folder: Folder, code: str) -> str:
    """The first value of a parameter of TS; empty where there is none."""
    ts = folder.get("TS")
    values = ts.text("TSVAL")[ts.is_in("TSPARMCD", (code,)) & ts.filled("TSVAL")]
    return str(values.iloc[0]) if len(values) else ""
