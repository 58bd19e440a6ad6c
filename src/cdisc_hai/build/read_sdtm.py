"""Reads a folder of SDTM transport files, ours or anybody's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.raw.xpt_file import read_xpt, xpt_paths


def read_folder(folder: Path, encoding: str) -> dict[str, pd.DataFrame]:
    """Every transport file of a folder by the dataset that it holds, whatever the file's name.

    Raises RawError without any, and where a dataset stands in two files.
    """
    paths = xpt_paths(folder)
    if not paths:
        raise RawError(f"{folder}: no folder with SAS transport files (*.xpt)")
    frames: dict[str, pd.DataFrame] = {}
    for path in paths:
        read = read_xpt(path, encoding)
        if read.name in frames:
            raise RawError(f"{path.name}: dataset {read.name} stands in two files; keep one")
        frames[read.name] = read.frame
    return frames
