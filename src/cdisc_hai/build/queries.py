"""The query list of a build, with what people wrote into the last one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from cdisc_hai.build.place import OutputError, written
from cdisc_hai.errors import RawError
from cdisc_hai.report.queries import HEADINGS, Query, carried_over, queries_of
from cdisc_hai.report.workbook import write_workbook

Where = Path | str
PLACES = "raw_places.json"
CURRENT, GONE = "Queries", "No longer found"


def write_queries(
    *, build: Where, xlsx: Where, ledger: Where | None = None, notes: bool = False
) -> tuple[list[Query], list[Query]]:
    """Write the findings of a build as a workbook; gives (queries, those no longer found).

    ``ledger`` is the last list (.xlsx, or .csv with the same headings), which may be the file that
    is written: status and comment go over by the query's id. The file itself need not be there yet,
    so that one command serves for every cut. Raises RawError where the build has no findings.json,
    or the ledger cannot be read, and OutputError where the list cannot be written.
    """
    folder, target = Path(build), Path(xlsx)
    if target.suffix.lower() != ".xlsx":
        raise OutputError(f"{target}: the list is an Excel workbook; name it as queries.xlsx")
    findings = _json(folder / "findings.json")["findings"]
    path = folder / "lineage" / PLACES
    places = _json(path) if path.is_file() else {}
    queries = queries_of(findings, places, notes=notes)
    before = _ledger(Path(ledger), target) if ledger is not None else []
    now, gone = carried_over(queries, before)
    head = list(HEADINGS.values())
    sheets = {CURRENT: [head, *(q.cells() for q in now)]}
    if gone:
        sheets[GONE] = [head, *(q.cells() for q in gone)]
    with written(target) as part:
        write_workbook(part, sheets)
    return now, gone


def _json(path: Path) -> Any:
    if not path.is_file():
        raise RawError(f"{path}: missing; name a folder that a build wrote")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RawError(f"{path}: not JSON; build anew") from error


def _ledger(path: Path, target: Path) -> list[dict[str, str]]:
    if not path.exists():
        if path.resolve() == target.resolve():  # the first cut
            return []
        raise RawError(f"{path}: missing; name the last list of queries")
    rows = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _text_rows(path)
    if rows and HEADINGS["id"] not in rows[0]:
        raise RawError(f"{path.name}: no column '{HEADINGS['id']}'; name a list of queries")
    return rows


def _text_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(file)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise RawError(f"{path.name}: cannot be read as CSV in UTF-8: {error}") from error


def _workbook_rows(path: Path) -> list[dict[str, str]]:
    from cdisc_hai.raw.excel_file import read_workbook  # noqa: PLC0415 - only with a ledger

    rows: list[dict[str, str]] = []
    for table in read_workbook(path):
        rows.extend(
            {str(key): str(value) for key, value in row.items()}
            for row in table.frame.to_dict("records")
        )
    return rows
