"""Reads a folder of SDTM transport files, ours or anybody's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError


def read_xpt(path: Path, encoding: str) -> pd.DataFrame:
    """One transport file: text with "" for empty, numbers as floats, SAS dates as numbers."""
    import pyreadstat  # noqa: PLC0415 - only when a transport file is read

    try:
        frame, _ = pyreadstat.read_xport(
            path, disable_datetime_conversion=True, encoding=encoding.upper()
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
        raise RawError(
            f"{path.name}: not a SAS transport file in {encoding} ({error}); export it anew"
        ) from error
    for name in frame.columns:
        values = frame[name]
        if pd.api.types.is_numeric_dtype(values):
            frame[name] = values.astype(float)
        else:
            frame[name] = values.astype(object).where(values.notna(), "").map(str).astype(object)
    return frame


def read_folder(folder: Path, encoding: str) -> dict[str, pd.DataFrame]:
    """Every ``*.xpt`` of a folder by its name in capitals; RawError where there is none."""
    paths = sorted(p for p in folder.glob("*") if p.suffix.lower() == ".xpt")
    if not paths:
        raise RawError(f"{folder}: no folder with SAS transport files (*.xpt)")
    return {path.stem.upper(): read_xpt(path, encoding) for path in paths}
