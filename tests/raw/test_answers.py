"""What the records of a form answer, the decodes beside codes, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Study
from cdisc_hai.raw import read_export
from tests.conftest import TINY_SPECS

LAYOUT = TINY_SPECS["raw.yaml"]
HEAD = "| study | site | subject | visit | record | active | updated | taken | done | reason | result |"
ITEMS = """form,item,question,list
vs,taken,Date,
vs,done,Measured,NY
vs,reason,Why not,
vs,result,Result,
dm,sex,Sex,SEX
dm,seen,Seen,
"""
CODES = """list,code,text
NY,Y,Yes
NY,N,No
SEX,1,Male
SEX,2,Female
"""
DICTIONARY = """
dictionary:
  items: {file: items.csv, form: form, item: item, label: question, codelist: list}
  codes: {file: codes.csv, codelist: list, code: code, decode: text}
  decode_suffix: _dec
"""

Told = Callable[..., list[Finding]]


@pytest.fixture
def told(tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]) -> Told:
    """Findings on records of vs (subject, record, saved, taken, done, reason, result) and dm."""

    def run(rows: str, asked: str = "", top: str = "", **forms: str) -> list[Finding]:
        layout = LAYOUT.replace("vs: {dates: [taken]}", f"vs: {{dates: [taken], {asked}}}")
        head = HEAD.count("|")
        lines = [HEAD]
        for row in rows.strip().splitlines():
            subject, record, rest = row.strip().strip("|").split("|", 2)
            lines.append(f"| TINY | 12 | {subject} | DAY 1 | {record} | 1 | {rest} |")
            assert lines[-1].count("|") == head, row
        files = {"items.csv": ITEMS, "codes.csv": CODES, "vs": "\n".join(lines), **forms}
        study = tiny_study({"raw.yaml": layout + DICTIONARY + top})
        return [
            f
            for f in read_export(tiny_export(files), study).findings
            if f.rule != "RAW-STRANGE-COLUMN"
        ]

    return run


def words(findings: list[Finding]) -> list[str]:
    """Findings as a person reads them."""
    return [f"{f.rule} {f.severity} {','.join(f.sources)}: {f.message}" for f in findings]


def test_a_question_that_is_left_open_is_told_with_its_words(told: Told) -> None:
    asked = 'answers: [{present: [done]}, {where: {done: "N"}, present: [reason]}]'
    found = told(
        """
        | 0001 | 1 | 2024-03-01 | 2024-03-01 | Y |      | 170 |
        | 0001 | 2 | 2024-03-01 | 2024-03-01 |   |      | 170 |
        | 0001 | 3 | 2024-03-01 | 2024-03-01 | N |      |     |
        | 0001 | 4 | 2024-03-01 | 2024-03-01 | N | sick |     |
        """,
        asked,
    )
    assert words(found) == [
        "RAW-NO-ANSWER warning vs.csv:3: no answer to 'Measured' (done)",
        "RAW-NO-ANSWER warning vs.csv:4: no answer to 'Why not' (reason), where done is \"N\"",
    ]


def test_an_answer_that_another_rules_out_is_told(told: Told) -> None:
    asked = (
        'answers: [{where: {done: "N"}, absent: [result]},'
        " {must: {result: {at_least: 120}}, message: nobody is so small}]"
    )
    found = told(
        """
        | 0001 | 1 | 2024-03-01 | 2024-03-01 | N | sick | 170 |
        | 0001 | 2 | 2024-03-01 | 2024-03-01 | Y |      | 1.7 |
        | 0001 | 3 | 2024-03-01 | 2024-03-01 | Y |      |     |
        """,
        asked,
    )
    assert words(found) == [
        "RAW-ANSWERS-DISAGREE warning vs.csv:2: 'Result' (result) is '170', where done is \"N\"",
        "RAW-ANSWERS-DISAGREE warning vs.csv:3: 'Result' (result) is '1.7': nobody is so small",
    ]


def test_a_value_that_changes_is_told_where_it_is_not_as_most_say(told: Told) -> None:
    found = told(
        """
        | 0001 | 3 | 2024-03-01 | 2024-03-01 | Y |         | 170 |
        | 0001 | 2 | 2024-03-01 | 2024-03-01 | Y | Left    | 170 |
        | 0001 | 1 | 2024-03-01 | 2024-03-01 | Y | left    | 107 |
        | 0002 | 4 | 2024-03-01 | 2024-03-01 | Y | right   | 107 |
        | 0002 | 5 | 2024-03-01 | 2024-03-01 | N | left    |     |
        """,
        'steady: [{by: ["@key"], columns: [reason, result], where: {done: "Y"}}]',
    )
    assert words(found) == [
        "RAW-VALUE-CHANGES warning vs.csv:4:"
        " 'Result' (result) is '107', and in other records '170'",
    ]


def test_of_as_many_values_the_record_with_the_lowest_number_is_taken_for_right(told: Told) -> None:
    found = told(
        """
        | 0001 | 2 | 2024-03-01 | 2024-03-01 | N | | |
        | 0001 | 1 | 2024-03-01 | 2024-03-01 | Y | | |
        """,
        'steady: [{by: ["@key"], columns: [done]}]',
    )
    assert words(found) == [
        "RAW-VALUE-CHANGES warning vs.csv:2:"
        " 'Measured' (done) is 'N' (No), and in other records 'Y' (Yes)",
    ]


DM = """
    | study | site | subject | visit | record | active | updated    | seen        | sex | sex_dec |
    | TINY  | 12   | 0001    | DAY 1 | 1      | 1      | 2024-03-01 | 01 MAR 2024 | {}  | {}      |
"""


@pytest.mark.parametrize(
    ("code", "decode", "message"),
    [
        ("1", "Male", ""),
        ("1", " male ", ""),
        ("1", "", ""),
        ("1", "Female", "'1' means 'Male', but sex_dec beside it says 'Female'; the code is used"),
        ("", "Male", "there is no code, but sex_dec beside it says 'Male'; the code is used"),
    ],
)
def test_a_decode_that_says_otherwise_than_its_code_is_told(told, code, decode, message) -> None:
    rows = "| 0001 | 1 | 2024-03-01 | 2024-03-01 | Y | | |"
    found = told(rows, "", dm=DM.format(code, decode))
    assert [f.message for f in found if f.rule == "RAW-DECODE-DIFFERS"] == [message][
        : bool(message)
    ]


def test_dates_long_past_and_of_days_to_come_are_told_and_stay(told: Told) -> None:
    found = told(
        """
        | 0001 | 1 | 2024-03-05 | 1024-03-01 | Y | | |
        | 0001 | 2 | 2024-03-05 | 2204-03-01 | Y | | |
        | 0001 | 3 | 2024-03-05 | 2024-03-06 | Y | | |
        | 0001 | 4 | 2024-03-05 | 2024-03-07 | Y | | |
        | 0001 | 5 | 2024-03-05 | 2024-03    | Y | | |
        | 0001 | 6 | 2024-03-05 | 2025-03-06 | Y | | |
        | 0001 | 7 |            | 2024-03-07 | Y | | |
        """,
        top='earliest_date: "1900-01-01"\ndays_ahead: 365\n',
    )
    assert words(found) == [
        "RAW-DATE-TOO-EARLY warning vs.csv:2:"
        " '1024-03-01' in taken lies before 1900-01-01; kept as collected",
        "RAW-DATE-TOO-LATE warning vs.csv:3:"
        " '2204-03-01' in taken lies after 2025-03-05; kept as collected",
        "RAW-DATE-TOO-LATE warning vs.csv:7:"
        " '2025-03-06' in taken lies after 2025-03-05; kept as collected",
        "RAW-DATE-AFTER-SAVING warning vs.csv:5: '2024-03-07' in taken"
        " lies after the day on which the record was saved; kept as collected",
    ]


def test_without_limits_only_the_day_of_saving_is_looked_at(told: Told) -> None:
    found = told("| 0001 | 1 | 2024-03-05 | 1024-03-01 | Y | | |")
    assert found == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("answers: [{where: {done: Y}}]", "'answers' needs 'present', 'absent' or 'must'"),
        ("answers: [{must: {result: {over: 3}}}]", "no condition 'over'"),
        ("answers: [{present: [done], mend: x}]", "no key 'mend' in 'answers'"),
        ("steady: [{columns: [done]}]", "'steady' needs 'by'"),
        (
            "steady: [{by: [done], columns: [done], where: {a: {is: there}}}]",
            "'is' takes present or absent",
        ),
    ],
)
def test_a_faulty_entry_is_told_with_its_line(faults, entry: str, fault: str) -> None:
    layout = LAYOUT.replace("vs: {dates: [taken]}", f"vs: {{dates: [taken], {entry}}}")
    (told_fault,) = faults({"raw.yaml": layout})
    assert told_fault.startswith("specs/raw.yaml:10: ")
    assert fault in told_fault


def test_an_earliest_date_that_is_none_is_told(faults) -> None:
    (fault,) = faults({"raw.yaml": LAYOUT + "earliest_date: long ago\n"})
    assert "'earliest_date' is to be a date as 1900-01-01, not 'long ago'" in fault
