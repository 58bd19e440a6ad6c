"""SAS transport files, ours or anybody's, as frames of text and numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.errors import RawError

SUFFIX = ".xpt"
CELLS = 8_000_000  # read at a time: some 500 MB while each is a text of its own


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
        columns, meta = _columns(path, encoding)
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        raise RawError(
            f"{path.name}: cannot be read as a SAS transport file in {encoding}: {error}; "
            "write it anew"
        ) from error
    frame = pd.DataFrame(columns, copy=False)
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


def _columns(path: Path, encoding: str) -> tuple[dict[str, pd.Series], Any]:
    """The columns of a file, and what it says of them; of a large file some columns at a time, as
    the reader makes a text of its own for every cell."""
    import pyreadstat  # noqa: PLC0415 - only when a transport file is read

    # arrays, as a frame would first have its texts converted, which takes as long as the rest
    read = partial(
        pyreadstat.read_xport,
        path,
        disable_datetime_conversion=True,
        encoding=encoding,
        output_format="dict",
    )
    _, meta = read(metadataonly=True)
    names, kinds = list(dict.fromkeys(meta.column_names)), meta.readstat_variable_types
    size = path.stat().st_size // max(1, sum(meta.variable_storage_width.values()))
    together = max(1, CELLS // max(1, size))
    found: dict[str, pd.Series] = {}
    for start in range(0, len(names), together):
        some = names[start : start + together]
        cells, _ = read(usecols=some) if len(some) < len(names) else read()
        for name in some:
            found[name] = _column(cells.pop(name), kinds[name])
    return found, meta


def _column(values: Any, kind: str) -> pd.Series:
    """Numbers, or texts of which equal ones are one object; a missing one is empty."""
    if kind != "string":
        return pd.Series(values, dtype=float)
    codes, distinct = pd.factorize(np.asarray(values, dtype=object))
    # made anew: where they lie, the cells around them could not be given back
    texts = np.array([*("".join([t[:1], t[1:]]) for t in distinct.tolist()), ""], dtype=object)
    return pd.Series(texts[codes], dtype=object, copy=False)
