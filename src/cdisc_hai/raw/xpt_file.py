"""SAS transport files, ours or anybody's, as frames of text and numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.errors import RawError

SUFFIX = ".xpt"


@dataclass(frozen=True)
class XptDataset:
    """One transport file as read: texts with "" for missing, numbers (and SAS dates) with NaN.

    ``lengths`` are bytes, ``formats`` the SAS formats of the variables that have one, ``created``
    is the header's time.
    """

    name: str
    label: str
    labels: dict[str, str]
    frame: pd.DataFrame
    lengths: dict[str, int] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    created: datetime.datetime | None = None
    file: str = ""


def xpt_paths(folder: Path) -> list[Path]:
    """The transport files of a folder, by name."""
    return sorted(path for path in folder.glob("*") if path.suffix.lower() == SUFFIX)


def read_xpt(path: Path, encoding: str) -> XptDataset:
    """One transport file; raises RawError, naming it, where it cannot be read."""
    import pyreadstat  # noqa: PLC0415 - only when a transport file is read

    try:
        # arrays, as a frame would first have its texts converted, which takes as long as the rest
        columns, meta = pyreadstat.read_xport(
            path, disable_datetime_conversion=True, encoding=encoding, output_format="dict"
        )
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        raise RawError(
            f"{path.name}: cannot be read as a SAS transport file in {encoding}: {error}; "
            "write it anew"
        ) from error
    kinds = meta.readstat_variable_types
    frame = pd.DataFrame({name: _column(columns[name], kinds[name]) for name in meta.column_names})
    return XptDataset(
        name=(meta.table_name or path.stem).upper(),
        label=meta.file_label or "",
        labels={name: label or "" for name, label in meta.column_names_to_labels.items()},
        frame=frame,
        lengths={name: int(n) for name, n in meta.variable_storage_width.items()},
        formats=dict(meta.variable_to_label),
        created=meta.creation_time,
        file=path.name,
    )


def _column(values: Any, kind: str) -> pd.Series:
    if kind == "string":
        return pd.Series(values, dtype=object).fillna("")
    return pd.Series(values, dtype=float)
