"""Findings as a query list: whose record, ids that stay from cut to cut, people's words kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cdisc_hai.build import build_sdtm, write_queries
from cdisc_hai.build.place import OutputError
from cdisc_hai.errors import RawError
from cdisc_hai.report.queries import HEADINGS, Query, carried_over, queries_of
from tests.build.exports import EXAMPLE, read, write


def _finding(**more: object) -> dict[str, object]:
    plain = {"rule": "R", "severity": "error", "dataset": "", "variable": "", "message": "m",
             "sources": ["ae.csv:3"], "mend": "look"}  # fmt: skip
    return {**plain, **more}


PLACE = {"form": "ae", "site": "12", "subject": "0001", "record": "7"}


def _ids(findings: list[dict[str, object]], row: int = 3) -> list[str]:
    return [q.id for q in queries_of(findings, {f"ae.csv:{row}": [PLACE]})]


def test_the_id_of_a_query_does_not_depend_on_the_row_or_the_words() -> None:
    first = _ids([_finding()])
    assert _ids([_finding(sources=["ae.csv:9"], message="other")], row=9) == first
    assert len(first[0]) == len("Q-0123456789")


@pytest.mark.parametrize("other", [{"rule": "S"}, {"variable": "AETERM"}, {"sources": ["x:1"]}])
def test_another_rule_variable_or_record_is_another_query(other: dict[str, object]) -> None:
    assert set(_ids([_finding()])) & set(_ids([_finding(**other)])) == set()


def test_two_queries_on_one_record_have_two_ids() -> None:
    ids = _ids([_finding(message="a"), _finding(message="b")])
    assert len(set(ids)) == 2


def test_notes_are_listed_where_they_are_asked_for() -> None:
    note = [_finding(severity="note")]
    assert (len(queries_of(note, {})), len(queries_of(note, {}, notes=True))) == (0, 1)


def test_a_finding_on_two_lines_is_two_queries() -> None:
    found = queries_of([_finding(sources=["ae.csv:3", "ae.csv:4"])], {"ae.csv:3": [PLACE]})
    assert [(q.form, q.subject, q.source) for q in found] == [
        ("ae.csv", "", "ae.csv:4"),
        ("ae", "0001", "ae.csv:3"),
    ]


@pytest.fixture
def cut(tmp_path: Path, few_raw: Path) -> Callable[..., Path]:
    """Builds SDTM of the example's first subjects with wrong dates in some rows of ae."""

    def build(name: str, *wrong: int, more: int = 0) -> Path:
        raw = tmp_path / f"raw_{name}"
        shutil.copytree(few_raw, raw)
        rows = read(raw / "ae.csv")
        for place in wrong:
            rows[place]["aestdat"] = "31 FEB 2024"
        extra = [dict(rows[-1], recordid=str(9_000_000 + n)) for n in range(more)]
        (raw / "ae.csv").unlink()
        write(raw / "ae.csv", [*extra, *rows], names=list(read(EXAMPLE / "ae.csv")[0]))
        build_sdtm(raw=raw, out=tmp_path / name)
        return tmp_path / name

    return build


def _sheet(path: Path, name: str) -> list[dict[str, object]]:
    head, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_status_and_comment_survive_the_next_cut(cut: Callable[..., Path], tmp_path: Path) -> None:
    first, xlsx = cut("one", 0, 1), tmp_path / "queries.xlsx"
    write_queries(build=first, xlsx=xlsx)
    rows = [r for r in _sheet(xlsx, "Queries") if r["Rule"] == "MAP-IMPOSSIBLE-DATE"]
    assert len(rows) == 2
    assert all(r["Site"] and r["Subject"] and r["Form"] == "ae" and r["Record"] for r in rows)
    book = openpyxl.load_workbook(xlsx)
    sheet = book["Queries"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, places["Query"]).value == rows[0]["Query"]:
            sheet.cell(line, places["Status"]).value = "answered"
            sheet.cell(line, places["Comment"]).value = "site will correct"
    book.save(xlsx)
    kept = 0 if rows[0]["Line of the export"] == "ae.csv:2" else 1
    second = cut("two", kept, more=3)
    now, gone = write_queries(build=second, xlsx=xlsx, ledger=xlsx)
    (same,) = [q for q in now if q.id == rows[0]["Query"]]
    assert (same.status, same.comment) == ("answered", "site will correct")
    assert same.source == f"ae.csv:{2 + kept + 3}"
    assert rows[1]["Query"] in {q.id for q in gone}
    listed = {r["Query"]: r["Status"] for r in _sheet(xlsx, "No longer found")}
    assert listed[rows[1]["Query"]] == "no longer found"


def test_the_same_findings_give_the_same_bytes(cut: Callable[..., Path], tmp_path: Path) -> None:
    folder = cut("one", 0)
    for name in ("a.xlsx", "b.xlsx"):
        write_queries(build=folder, xlsx=tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text(
        json.dumps({"findings": [_finding(message="=1+1")]}), encoding="utf-8"
    )
    write_queries(build=tmp_path, xlsx=tmp_path / "q.xlsx")
    (row,) = list(openpyxl.load_workbook(tmp_path / "q.xlsx")["Queries"].iter_rows(min_row=2))
    told = next(cell for cell in row if cell.value == "=1+1")
    assert told.data_type == "s"


def test_a_ledger_that_is_no_list_stops(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"findings": []}', encoding="utf-8")
    (tmp_path / "old.csv").write_text("a,b\n1,2\n")
    with pytest.raises(RawError, match=r"old\.csv: no column 'Query'"):
        write_queries(build=tmp_path, xlsx=tmp_path / "q.xlsx", ledger=tmp_path / "old.csv")


def test_every_field_of_a_query_has_a_heading() -> None:
    assert list(HEADINGS) == list(Query("").__dataclass_fields__)


def _kept(findings: list[dict[str, object]], before: list[Query]) -> list[Query]:
    ledger = [dict(zip(HEADINGS.values(), q.cells(), strict=True)) for q in before]
    return carried_over(queries_of(findings, {"ae.csv:3": [PLACE]}), ledger)[0]


def test_a_second_query_on_a_record_leaves_the_first_its_id_and_words() -> None:
    (first,) = queries_of([_finding(message="a")], {"ae.csv:3": [PLACE]})
    asked = replace(first, status="answered", comment="site will correct")
    both = _kept([_finding(message="b"), _finding(message="a")], [asked])
    told = {q.message: (q.id, q.status, q.comment) for q in both}
    assert told["a"] == (first.id, "answered", "site will correct")
    assert told["b"][0] != first.id and told["b"][1:] == ("open", "")
    # the first is answered and gone; the second keeps its own id and does not take the other's
    (left,) = _kept([_finding(message="b")], both)
    assert (left.id, left.status) == (told["b"][0], "open")
    # with other words it is still the only query on its record that was asked before
    (again,) = _kept([_finding(message="c")], [left])
    assert again.id == left.id


def test_queries_stand_by_the_size_of_their_numbers() -> None:
    places = {f"ae.csv:{n}": [{"form": "ae", "record": n}] for n in ("9", "10", "100")}
    listed = queries_of([_finding(sources=["ae.csv:100", "ae.csv:9", "ae.csv:10"])], places)
    assert [q.record for q in listed] == ["9", "10", "100"]


def test_the_first_list_needs_no_ledger_and_a_list_is_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text(json.dumps({"findings": [_finding()]}), "utf-8")
    xlsx = tmp_path / "new" / "queries.xlsx"
    for _ in range(2):
        assert len(write_queries(build=tmp_path, xlsx=xlsx, ledger=xlsx)[0]) == 1
    with pytest.raises(RawError, match=r"other\.xlsx: missing"):
        write_queries(build=tmp_path, xlsx=xlsx, ledger=tmp_path / "other.xlsx")
    with pytest.raises(OutputError, match=r"name it as queries\.xlsx"):
        write_queries(build=tmp_path, xlsx=tmp_path / "queries.xls")
