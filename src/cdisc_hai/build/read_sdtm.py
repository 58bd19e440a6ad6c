"""Reads a folder of SDTM transport files, ours or anybody's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.raw.xpt_file import read_xpt, xpt_paths


def read_folder(folder: Path, encoding: str) -> dict[str, pd.DataFrame]:
    """Every transport file of a folder by its file's name in capitals; RawError without any."""
    paths = xpt_paths(folder)
    if not paths:
        raise RawError(f"{folder}: no folder with SAS transport files (*.xpt)")
    return {path.stem.upper(): read_xpt(path, encoding).frame for path in paths}
