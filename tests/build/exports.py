"""Changed copies of an export, for tests that say what must not matter, and what must."""

from __future__ import annotations

import csv
import datetime
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyreadstat

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "hai" / "raw"
SPECS = ROOT / "specs"

Row = dict[str, str]
EPOCH = datetime.date(1960, 1, 1)
Change = Callable[[str, list[Row]], list[Row]]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xpt(path: Path):
    """A transport file by a reader that is not ours; SAS dates stay numbers."""
    return pyreadstat.read_xport(path, disable_datetime_conversion=True, encoding="UTF-8")[0]


def iso(day: float) -> str:
    """A SAS date as ISO 8601, empty where missing."""
    return "" if day != day else (EPOCH + datetime.timedelta(days=int(day))).isoformat()


def write(
    path: Path, rows: list[Row], *, lines: str = "\n", names: list[str] | None = None
) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        names = names or list(rows[0] if rows else read(EXAMPLE / path.name)[0])
        writer = csv.DictWriter(file, fieldnames=names, lineterminator=lines)
        writer.writeheader()
        writer.writerows(rows)


def few(target: Path, subjects: int = 12) -> Path:
    """The example export cut down to its first subjects."""
    shutil.copytree(EXAMPLE, target)
    first = {(row["siteid"], row["subjid"]) for row in read(EXAMPLE / "dm.csv")[:subjects]}
    for path in sorted(target.glob("*.csv")):
        rows = read(path)
        if "subjid" in rows[0]:
            path.unlink()
            kept = [row for row in rows if (row["siteid"], row["subjid"]) in first]
            write(path, kept, names=list(rows[0]))
    return target


def copy(
    target: Path, change: Change | None = None, *, lines: str = "\n", source: Path = EXAMPLE
) -> Path:
    """The example export, or another, with every form's rows changed."""
    shutil.copytree(source, target)
    for path in sorted(target.glob("*.csv")):
        rows = read(path)
        write(path, change(path.stem, rows) if change else rows, lines=lines)
    return target


def shuffled(form: str, rows: list[Row]) -> list[Row]:
    """The rows in another order."""
    rows = list(rows)
    random.Random(form).shuffle(rows)
    return rows


_YEAR = re.compile(r"\b(19|20)(\d\d)\b")
_DATE = re.compile(r"(\d\d|UN) ([A-Z]{3}) \d{4}( .*)?|\d{4}-\d\d-\d\d(T.*)?")


def four_years_on(_form: str, rows: list[Row]) -> list[Row]:
    """Every date four years later: the same days apart, as leap years fall together."""

    def later(text: str) -> str:
        if not _DATE.fullmatch(text):
            return text
        return _YEAR.sub(lambda match: str(int(match[0]) + 4), text, count=1)

    return [{name: later(value) for name, value in row.items()} for row in rows]


def setting(form: str, record: str, **values: str) -> Change:
    """One record with other values."""

    def change(name: str, rows: list[Row]) -> list[Row]:
        if name != form:
            return rows
        return [{**row, **values} if row["recordid"] == record else row for row in rows]

    return change
