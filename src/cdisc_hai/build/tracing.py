"""From a record back to the lines of the export, by the lineage that a build wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.metadata.dates import day_of_iso, iso_of_day
from cdisc_hai.raw.xpt_file import read_xpt

DAY = re.compile(r"\d{4}-\d\d-\d\d")


class TraceError(CdiscHaiError):
    """What was asked for is not in the build."""

    exit_code = 2


@dataclass(frozen=True)
class Traced:
    """A record, the spec lines that made it, the records it came from, and raw lines."""

    dataset: str
    row: int
    values: Mapping[str, Any]
    specs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    records: tuple[Traced, ...] = ()
    variable: str = ""

    def as_json(self) -> dict[str, Any]:
        """The tree for a machine."""
        return {
            "dataset": self.dataset,
            "row": self.row,
            "variable": self.variable,
            "values": dict(self.values),
            "specs": list(self.specs),
            "sources": list(self.sources),
            "records": [record.as_json() for record in self.records],
        }

    def lines(self) -> tuple[str, ...]:
        """Every raw line below."""
        below = [line for record in self.records for line in record.lines()]
        return tuple(dict.fromkeys([*self.sources, *below]))


@dataclass
class _Build:
    """The files of a build, each read once."""

    folder: Path
    specs: Mapping[str, Any]
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    lineage: dict[str, pd.DataFrame] = field(default_factory=dict)

    def frame(self, name: str) -> pd.DataFrame:
        if name not in self.frames:
            found = [
                p
                for d in ("adam", "sdtm", ".")
                if (p := self.folder / d / f"{name.lower()}.xpt").is_file()
            ]
            encoding = self.specs.get("@study", {}).get("encoding", "utf-8")
            self.frames[name] = read_xpt(found[0], encoding).frame if found else pd.DataFrame()
        return self.frames[name]

    def table(self, name: str) -> tuple[str, pd.DataFrame]:
        for standard in ("adam", "sdtm"):
            path = self.folder / "lineage" / standard / f"{name.lower()}.csv"
            if path.is_file():
                if name not in self.lineage:
                    table = pd.read_csv(path, dtype=str, keep_default_na=False)
                    self.lineage[name] = table.set_index("row", drop=False)
                return standard, self.lineage[name]
        return "", pd.DataFrame({"row": []})


def trace(
    build: Path | str, dataset: str, keys: Mapping[str, str] | None = None
) -> tuple[Traced, ...]:
    """Records of a build whose variables have the given values, each with all that it came from.

    ``keys`` compares as text, numbers by value, SAS dates as 2025-12-31.
    Raises TraceError where nothing is found.
    """
    folder, name = Path(build), dataset.upper()
    path = folder / "lineage" / "datasets.json"
    if not path.is_file():
        raise TraceError(f"{folder}: no build with lineage; name the --out of a build")
    found = _Build(folder, json.loads(path.read_text(encoding="utf-8")))
    frame = found.frame(name)
    if frame.empty:
        known = ", ".join(sorted(name for name in found.specs if name[0] != "@"))
        raise TraceError(f"no dataset {name} in {folder}; its lineage knows {known}")
    rows = _matching(frame, name, keys or {})
    if not rows:
        raise TraceError(f"no record of {name} has {_shown(keys or {})}")
    return tuple(_traced(found, name, row, "", set()) for row in rows)


def _shown(keys: Mapping[str, str]) -> str:
    return " ".join(f"{k}={v}" for k, v in keys.items())


def _matching(frame: pd.DataFrame, name: str, keys: Mapping[str, str]) -> list[int]:
    mask = pd.Series(True, index=frame.index)
    for variable, wanted in keys.items():
        column = variable.upper()
        if column not in frame.columns:
            raise TraceError(f"{name} has no variable {column}; it has {', '.join(frame.columns)}")
        values = frame[column]
        if pd.api.types.is_numeric_dtype(values):
            day = day_of_iso(wanted) if DAY.fullmatch(wanted) else None
            mask &= values == (pd.to_numeric(wanted, errors="coerce") if day is None else day)
        else:
            mask &= values == wanted
    return [int(i) + 1 for i in frame.index[mask]]


def _traced(build: _Build, name: str, row: int, variable: str, seen: set[str]) -> Traced:
    ref = f"{name}:{row}:{variable}"
    standard, table = build.table(name)
    mine = table.loc[[str(row)]] if str(row) in table.index else table.head(0)
    values = _values(build, name, row, variable)
    specs = _spec_lines(build, name, variable, mine, values)
    if ref in seen or standard == "":
        return Traced(name, row, values, specs, variable=variable)
    if standard == "sdtm":
        return Traced(name, row, values, specs, tuple(mine["source"]), variable=variable)
    steps = mine
    if variable:
        own = mine[mine["variable"] == variable]
        steps = own if len(own) else mine[mine["variable"] == ""]
    elif len(mine[mine["variable"] == ""]):
        steps = mine[mine["variable"].isin(["", *values])]
    below = tuple(
        _traced(build, *_ref(source), seen | {ref}) for source in dict.fromkeys(steps["source"])
    )
    return Traced(name, row, values, specs, (), below, variable)


def _ref(source: str) -> tuple[str, int, str]:
    dataset, row, *variable = source.split(":")
    return dataset, int(row), variable[0] if variable else ""


def _values(build: _Build, name: str, row: int, variable: str) -> dict[str, Any]:
    frame = build.frame(name)
    if frame.empty:
        return {}
    keys = [k for k in build.specs.get(name, {}).get("keys", []) if k in frame.columns]
    shown = [*keys, *(v for v in _TELLING if v in frame.columns), variable]
    record = frame.iloc[row - 1]
    names = [n for n in dict.fromkeys(shown) if n and n in frame.columns and n != "STUDYID"]
    dates = build.specs.get(name, {}).get("dates", [])
    return {
        n: iso_of_day(record[n]) if n in dates else _plain(record[n])
        for n in names
        if record[n] == record[n] and record[n] != ""
    }


_TELLING = (
    "PARAMCD", "ADT", "AVAL", "AVALC", "CNSR", "EVNTDESC", "RSSTRESC", "TRSTRESN", "DSDECOD",
)  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    return value


def _spec_lines(
    build: _Build, name: str, variable: str, mine: pd.DataFrame, values: Mapping[str, Any]
) -> tuple[str, ...]:
    spec = build.specs.get(name)
    if spec is None:
        return ()
    lines = [f"{spec['spec']} ({name})"]
    if "records" in mine.columns:
        lines += [
            f"{spec['records'][block]} (records {block})"
            for block in dict.fromkeys(mine["records"])
            if block in spec["records"]
        ]
    code = values.get("PARAMCD")
    if code in spec["parameters"]:
        lines.append(f"{spec['parameters'][code]} (parameter {code})")
    lines += [
        f"{step['spec']} ({variable}: {step['op']})" for step in spec["variables"].get(variable, [])
    ]
    return tuple(lines)
