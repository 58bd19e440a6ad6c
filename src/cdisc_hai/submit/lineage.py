"""Lineage beside the datasets: which lines made a record, and which spec lines made a variable.

``sdtm/rs.csv`` has a line for each record and raw line (``row,records,how,source``),
``adam/adrs.csv`` one for each record and source record (``row,variable,source`` with sources such
as ``RS:17`` or ``ADSL:5:DTHDT``), ``datasets.json`` the keys and spec lines of every dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cdisc_hai.metadata import Dataset

RECORDS = 1 << 14  # whose lineage is held in memory at a time


def write_sdtm_lineage(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """A table a dataset: the raw lines of each record, and those that it looked up."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        _write(len(frame), partial(_sdtm_parts, frame), folder / f"{name.lower()}.csv")


def _sdtm_parts(frame: pd.DataFrame, which: slice) -> list[pd.DataFrame]:
    rows = pd.RangeIndex(1, len(frame) + 1)[which].to_numpy()
    return [
        pd.DataFrame(
            {
                "row": rows,
                "records": frame["@block"].iloc[which].array,
                "how": how,
                "source": column.iloc[which].array,
            }
        )
        for how, column in (("made of", frame["@src"]), ("looked up", frame["@via"]))
    ]


def write_adam_lineage(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """A table a dataset: the records that each row, and each value of its own source, came from."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        _write(len(frame), partial(_adam_parts, frame), folder / f"{name.lower()}.csv")


def _adam_parts(frame: pd.DataFrame, which: slice) -> list[pd.DataFrame]:
    rows = pd.RangeIndex(1, len(frame) + 1)[which].to_numpy()
    return [
        pd.DataFrame(
            {
                "row": rows,
                "variable": column.removeprefix("@from").lstrip("."),
                "source": frame[column].iloc[which].astype(object).array,
            }
        )
        for column in frame.columns
        if column == "@from" or column.startswith("@from.")
    ]


def _write(records: int, parts: Callable[[slice], list[pd.DataFrame]], path: Path) -> None:
    """So many records at a time: what is told of a record stands together."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for start in range(0, max(records, 1), RECORDS):
            table = _table(parts(slice(start, start + RECORDS)))
            table.to_csv(file, index=False, header=start == 0, lineterminator="\n")


def _table(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    filled = [part[part["source"].notna() & part["source"].ne("")] for part in parts]
    stacked = pd.concat(filled, ignore_index=True)
    texts = stacked["source"].tolist()
    if any(";" in text for text in texts):
        # no list for each row, which would take more memory and time than all the rest
        times = [text.count(";") + 1 for text in texts]
        each = np.array(";".join(texts).split(";"), dtype=object)
        stacked = stacked.loc[stacked.index.repeat(times)].assign(source=each)
        stacked = stacked[stacked["source"].ne("")]
    return stacked.sort_values("row", kind="stable").drop_duplicates()


def write_spec_lines(specs: Iterable[Dataset], path: Path, *, encoding: str) -> None:
    """The spec lines of every dataset, record block, parameter and variable; under ``@study``
    the encoding of the transport files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = {"@study": {"encoding": encoding}, **{spec.name: _lines(spec) for spec in specs}}
    text = json.dumps(table, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _lines(spec: Dataset) -> dict[str, Any]:
    return {
        "label": spec.label,
        "keys": list(spec.keys),
        "dates": [v.name for v in spec.submitted if v.type == "sas_date"],
        "spec": spec.at,
        "records": {block.name: block.at for block in spec.blocks},
        "parameters": {p.paramcd: p.step.at for p in spec.parameters},
        "variables": {
            v.name: [{"op": s.op, "for": list(s.blocks), "spec": s.at} for s in v.steps]
            for v in spec.variables
        },
    }
