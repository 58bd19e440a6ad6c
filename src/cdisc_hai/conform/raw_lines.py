"""The raw lines of a written dataset's records, where its build left its lineage beside it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

LINEAGE = "lineage"
_COLUMNS = {"row", "how", "source"}
_MADE = "made of"


def raw_lines(folder: Path, name: str, records: int) -> pd.Series | None:
    """Record for record the lines as ``file:row``, joined by ``;``; None without lineage, or with
    one of other data (ADaM's leads to records, not to lines)."""
    places = (folder.parent / LINEAGE / folder.name, folder / LINEAGE / folder.name,
              folder / LINEAGE / "sdtm", folder / LINEAGE)  # fmt: skip
    files = (place / f"{name.lower()}.csv" for place in places)
    path = next((file for file in files if file.is_file()), None)
    if path is None:
        return None
    try:
        told = pd.read_csv(path, dtype={"source": str, "how": str}, keep_default_na=False)
    except (ValueError, UnicodeDecodeError):  # no table of ours
        return None
    if not set(told.columns) >= _COLUMNS or not pd.api.types.is_integer_dtype(told["row"]):
        return None
    made = told[told["how"].eq(_MADE)]
    lines = made.groupby("row")["source"].agg(";".join)
    if not lines.index.isin(range(1, records + 1)).all():
        return None
    return lines.reindex(range(1, records + 1), fill_value="").reset_index(drop=True)
