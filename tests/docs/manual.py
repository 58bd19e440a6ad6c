"""The examples of docs/specs.md: read from the page, and run as the package runs specs.

An example is a YAML block and the tables below it. Columns in bold are what the specs make, the
others what they are given. A table is that of the dataset (or form) in the line above it, else the
example's own. Names in capitals are variables, others columns of the form.
"""

from __future__ import annotations

import datetime
import math
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from cdisc_hai import derive, mapping
from cdisc_hai.adam import run_adam, sdtm_tables
from cdisc_hai.metadata import load_study
from cdisc_hai.metadata.choices import number_as_text
from cdisc_hai.metadata.spots import read_spots
from cdisc_hai.raw import read_export
from cdisc_hai.registry import operations
from cdisc_hai.sdtm import run_sdtm
from tests.derive.drawn_dates import SAS_EPOCH, day

REGISTERED = (derive, mapping)  # the rooms whose operations the examples name
PAGE = (Path(__file__).parents[2] / "docs" / "specs.md").read_text("utf-8")
OWN = "XX"
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Row = dict[str, str]


@dataclass
class Table:
    """A table of the page; ``made`` are its bold columns."""

    name: str
    columns: list[str]
    made: list[str]
    rows: list[Row]

    @property
    def given(self) -> list[str]:
        return [name for name in self.columns if name not in self.made]


@dataclass
class Example:
    """A YAML block, its heading and place on the page, and the tables that belong to it."""

    heading: str
    line: int
    text: str
    tables: list[Table] = field(default_factory=list)

    def read(self) -> Any:
        """The block, read as specs are."""
        with tempfile.TemporaryDirectory() as folder:
            return self.plain(Path(folder))

    def plain(self, folder: Path) -> Any:
        path = folder / "example.yaml"
        path.write_text(self.text, "utf-8")
        faults: list[Any] = []
        read = read_spots(path, f"docs/specs.md, block at line {self.line}", faults).plain()
        assert faults == []
        return read


def examples(page: str = PAGE) -> Iterator[Example]:
    """Every YAML block of the page."""
    heading, name, found, block = "", "", None, None
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        if line == "```yaml":
            if found:
                yield found
            end = lines.index("```", at)
            found = Example(heading, at + 1, "\n".join(lines[at + 1 : end]) + "\n")
            at, name = end, ""
        elif line.startswith("```"):
            at = lines.index("```", at + 1)
        elif line.startswith("#"):
            if found:
                yield found
            heading, found = line.strip("# "), None
        elif line.startswith("| ") and found:
            block = [line]
            while at + 1 < len(lines) and lines[at + 1].startswith("|"):
                at += 1
                block.append(lines[at])
            found.tables.append(_table(name, block))
            name = ""
        elif re.fullmatch(r"`[\w.-]+`:", line):
            name = line[1:-2]
        at += 1
    if found:
        yield found


def _table(name: str, lines: list[str]) -> Table:
    head, _, *rows = [[c.strip() for c in line[1:-1].split("|")] for line in lines]
    columns = [c.strip("*") for c in head]
    made = [c.strip("*") for c in head if c.startswith("**")]
    return Table(name, columns, made, [dict(zip(columns, row, strict=True)) for row in rows])


def _written(value: Any, *, date: bool = False) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float | int):
        if date:
            return (SAS_EPOCH + datetime.timedelta(days=int(value))).isoformat()
        return number_as_text(float(value))
    return str(value)


def _numeric(table: Table, name: str) -> bool:
    cells = [row[name] for row in table.rows if row[name]]
    return bool(cells) and all(NUMBER.fullmatch(cell) for cell in cells)


def _dated(table: Table, name: str) -> bool:
    """Whether a column of an ADaM table holds days."""
    cells = [row[name] for row in table.rows if row.get(name)]
    return name.endswith("DT") and all(DATE.fullmatch(cell) for cell in cells)


def entries(plain: Any, key: str = "variables") -> list[Any]:
    """The variables of an example, which may be a list alone."""
    return list(plain) if isinstance(plain, list) else list(plain.get(key, []))


def steps(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every operation that a block names."""
    if isinstance(value, dict):
        if "op" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from steps(item)


def _makes_records(plain: Any) -> bool:
    return isinstance(plain, dict) and bool({"parameters", "rows"} & plain.keys())


def stages(plain: Any) -> set[str]:
    return {operations()[step["op"]].stage for step in steps(plain)}


class Runner:
    """Runs an example with the shared files of the page, and tells the tables that come out."""

    def __init__(self, shared: Mapping[str, str], folder: Path) -> None:
        self.shared, self.folder = shared, folder
        self.specs, self.raw = folder / "specs", folder / "raw"
        for place in (self.specs / "sdtm", self.specs / "adam", self.raw):
            place.mkdir(parents=True)
        for name, text in shared.items():
            if name in ("study.yaml", "codelists.yaml") or name.endswith(".py"):
                (self.specs / name).write_text(text, "utf-8")

    def run(self, example: Example) -> list[Table]:
        """The example's tables as the package makes them."""
        plain = example.plain(self.folder)
        if isinstance(plain, dict) and "imputations" in plain:
            study = yaml.safe_load(self.shared["study.yaml"])
            study["imputations"] |= plain["imputations"]
            self._write("study.yaml", study)
        adam = stages(plain) & {"column", "records"} or _makes_records(plain)
        made = self._adam(example, plain) if adam else self._sdtm(example, plain)
        return [table for table in made if table.made]

    # SDTM: each table is a form; those in capitals are datasets made of it

    def _sdtm(self, example: Example, plain: Any) -> list[Table]:
        forms, subjects = {}, set()
        for table in example.tables:
            rows = [
                {"USUBJID": str(n), **{k: row[k] for k in table.given}, "rowno": str(n)}
                for n, row in enumerate(table.rows, start=1)
            ]
            subjects |= {row["USUBJID"] for row in rows}
            forms[(table.name or OWN).lower()] = pd.DataFrame(rows)
            spec = self._sdtm_spec(table, plain if table.made else [])
            self._write(f"sdtm/{table.name or OWN}.yaml", spec)
        forms["everybody"] = pd.DataFrame({"USUBJID": sorted(subjects)})
        for name, frame in forms.items():
            frame.to_csv(self.raw / f"{name}.csv", index=False)
        raw = yaml.safe_load(self.shared["raw.yaml"]) | {
            "columns": {"subject": "USUBJID"},
            "subject_key": ["subject"],
            "subjects_form": "everybody",
            "forms": {name: {} for name in forms},
        }
        raw = {k: v for k, v in raw.items() if k not in ("active_value", "dictionary", "odm")}
        self._write("raw.yaml", raw)
        study = load_study(self.specs, operations())
        result = run_sdtm(study, read_export(self.raw, study))
        return [
            self._told(table, result.frames[table.name or OWN], result.findings)
            for table in example.tables
        ]

    def _sdtm_spec(self, table: Table, plain: Any) -> dict[str, Any]:
        """The dataset of a table: what is given as it stands, what is made as the example says."""
        name = table.name or OWN
        own = [entry for entry in entries(plain) if isinstance(entry, dict)]
        variables = [{"name": "USUBJID", "map": {"op": "assign", "column": "@key"}}]
        for column in table.given:
            if column.isupper() and column != "USUBJID":
                numeric = _numeric(table, column)
                variables.append(
                    {
                        "name": column,
                        "type": "float" if numeric else "text",
                        "map": {"op": "number" if numeric else "assign", "column": column},
                    }
                )
        variables += own
        number = {"op": "number", "column": "rowno"}
        variables.append({"name": "_N", "type": "integer", "keep": False, "map": number})
        keys = plain.get("keys", ["_N"]) if isinstance(plain, dict) else ["_N"]
        checks = plain.get("checks", []) if isinstance(plain, dict) else []
        return {
            "dataset": name, "label": name, "class": "FINDINGS", "structure": "One", "keys": keys,
            "records": {"rows": {"form": name.lower()}},
            "variables": [{"label": "x", **variable} for variable in variables],
            "checks": checks,
        }  # fmt: skip

    # ADaM: tables of SDTM as they are, those with longer names derived from a copy of themselves

    def _adam(self, example: Example, plain: Any) -> list[Table]:
        frames: dict[str, pd.DataFrame] = {}
        for number, table in enumerate(example.tables):
            name, own = table.name or "AD", plain if table.made else []
            if len(name) == 2 and not table.made and name != "AD":
                frames[name] = self._frame(table)
                continue
            stub = f"Q{number}"
            if not _makes_records(own):
                frames.setdefault(stub, self._frame(table))
            self._write(f"adam/{name}.yaml", self._adam_spec(table, name, stub, own))
        self._write(
            "raw.yaml",
            {"columns": {"subject": "x"}, "forms": {"x": {}}, "subject_key": ["subject"], "subjects_form": "x",
             "date_formats": ["YYYY-MM-DD"]},
        )  # fmt: skip
        study = load_study(self.specs, operations())
        result = run_adam(study, sdtm_tables(frames), day("2025-12-31"))
        return [
            self._told(table, result.frames[table.name or "AD"], result.findings)
            for table in example.tables
            if table.made
        ]

    def _frame(self, table: Table) -> pd.DataFrame:
        rows = [
            {"USUBJID": str(n), **{k: row[k] for k in table.given}}
            for n, row in enumerate(table.rows, start=1)
        ]
        frame = pd.DataFrame(rows, dtype=object)
        for column in frame.columns:
            if column != "USUBJID" and _numeric(table, column):
                frame[column] = pd.to_numeric(frame[column])
        return frame

    def _adam_spec(self, table: Table, name: str, stub: str, plain: Any) -> dict[str, Any]:
        own = entries(plain)
        head = {"dataset": name, "label": name, "structure": "One", "class": "BASIC DATA STRUCTURE"}
        if _makes_records(plain):
            rest = {k: plain[k] for k in ("moments", "parameters", "rows") if k in plain}
            said = {"USUBJID", *(entry["name"] for entry in own)}
            said |= {"PARAMCD"} & set(table.made if "parameters" in plain else [])
            names = [
                *(["PARAMCD"] if "parameters" in plain else []),
                *(c for c in table.made if c not in said),
            ]
            variables = [
                {"name": "USUBJID", "derive": {"op": "copy_of", "source": "ADSL.USUBJID"}},
                *(
                    {
                        "name": c,
                        "type": self._type(table, c),
                        "derive": {"op": "record_value", "name": c},
                    }
                    for c in names
                ),
            ]
            keys = [k for k in ("USUBJID", "PARAMCD", "ADT") if k in ("USUBJID", *names)]
        else:
            rest = {"from": stub}
            variables = [
                {
                    "name": c,
                    "type": self._type(table, c),
                    "derive": {
                        "op": "day_of" if _dated(table, c) else "copy_of",
                        "source": f"{stub}.{c}",
                    },
                }
                for c in dict.fromkeys(["USUBJID", *table.given])
            ]
            keys = plain.get("keys", ["USUBJID"]) if isinstance(plain, dict) else ["USUBJID"]
        extra = (
            {k: v for k, v in plain.items() if k in ("checks", "lowest")}
            if isinstance(plain, dict)
            else {}
        )
        variables += own
        return {
            **head, **rest, **extra, "keys": keys,
            "variables": [{"label": "x", **variable} for variable in variables],
        }  # fmt: skip

    def _type(self, table: Table, column: str) -> str:
        if _dated(table, column):
            return "sas_date"
        return "float" if column != "USUBJID" and _numeric(table, column) else "text"

    def _write(self, name: str, value: Any) -> None:
        (self.specs / name).write_text(yaml.safe_dump(value, sort_keys=False), "utf-8")

    def _told(self, table: Table, frame: pd.DataFrame, findings: list[Any]) -> Table:
        """The same table with what came out in its bold columns."""
        rows: list[Row] = []
        for place, (_, record) in enumerate(frame.iterrows()):
            given = table.rows[place] if table.given and place < len(table.rows) else {}
            row = {c: given.get(c, "") for c in table.columns}
            for column in table.made:
                if column == "finding":
                    row[column] = self._finding(frame, place, findings)
                else:
                    row[column] = _written(record[column], date=_dated(table, column))
            rows.append(row)
        return Table(table.name, table.columns, table.made, rows)

    def _finding(self, frame: pd.DataFrame, place: int, findings: list[Any]) -> str:
        told = {
            f.rule
            for f in findings
            if place + 1 in f.rows or str(frame.iloc[place].get("@src", "-")) in f.sources
        }
        return ", ".join(sorted(told))


def whole_study(folder: Path, page: str = PAGE) -> dict[str, list[Row]]:
    """The study at the page's end: each table of results as the package makes it."""
    section = page[page.index("## A whole study") :]
    files = {
        e.text.splitlines()[0].removeprefix("# "): e.text
        for e in examples(page)
        if e.text[0] == "#"
    }
    for name, text in files.items():
        place = folder / "specs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "study.json").write_text('{"cutoff": "2025-12-31"}', "utf-8")
    (raw / "readme.txt").write_text("no form", "utf-8")
    xml = re.findall(r"^```xml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (raw / "eos.xml").write_text(xml[0], "utf-8")
    for table in tables(section):
        if table.name.endswith(".csv"):
            separator = ";" if table.name == "vitals.csv" else ","
            frame = pd.DataFrame(table.rows, columns=table.columns)
            frame.to_csv(raw / table.name, index=False, sep=separator)
    study = load_study(folder / "specs", operations())
    export = read_export(raw, study)
    sdtm = run_sdtm(study, export)
    adam = run_adam(study, sdtm_tables(sdtm.frames), day("2025-12-31"))
    frames = {**sdtm.frames, **adam.frames}
    findings = [*export.findings, *sdtm.findings, *adam.findings]
    made = {}
    for table in tables(section):
        if table.name in frames:
            rows = [record for _, record in frames[table.name].iterrows()]
            made[table.name] = [
                {c: _written(row[c], date=_dated(table, c)) for c in table.columns} for row in rows
            ]
        elif table.name == "findings":
            made["findings"] = [
                {"severity": f.severity, "rule": f.rule, "source": ", ".join(f.sources)}
                for f in findings
            ]
    return made


def tables(page: str) -> Iterator[Table]:
    """Every table of a page that has a name above it."""
    for found in re.finditer(r"^`([\w.-]+)`:\n\n((?:\|.*\n)+)", page, re.MULTILINE):
        yield _table(found[1], found[2].splitlines())
