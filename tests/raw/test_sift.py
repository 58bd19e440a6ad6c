"""Which raw records count, and the fate of those that do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.metadata import Study
from cdisc_hai.raw import Accounting, RawExport, read_export
from tests.conftest import TINY_SPECS

LAYOUT = TINY_SPECS["raw.yaml"]
HEAD = "| study | site | subject | visit | record | active | updated | taken | result |"
VS_FORM = "vs: {dates: [taken]}"


def _vs(rows: str) -> str:
    """The form vs of the tiny study; a row: subject, record, active, updated, taken, result."""
    lines = [HEAD]
    for line in rows.strip().splitlines():
        subject, *cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        lines.append("| " + " | ".join(["TINY", "12", subject, "DAY 1", *cells]) + " |")
    return "\n".join(lines)


@pytest.fixture
def sift(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> Callable[..., RawExport]:
    """The export of two subjects (0001, 0002) with other records of vs, forms, cut-off or form."""

    def run(
        rows: str = "",
        *,
        cutoff: str = "",
        form: str = VS_FORM,
        forms: dict[str, str] | None = None,
    ) -> RawExport:
        layout = LAYOUT.replace(VS_FORM, form)
        files = {"vs": _vs(rows), **(forms or {})} if rows else dict(forms or {})
        if cutoff:
            layout += "cutoff: {file: study.json, key: cutoff}\n"
            files["study.json"] = f'{{"cutoff": "{cutoff}"}}'
        return read_export(tiny_export(files), tiny_study({"raw.yaml": layout}))

    return run


def _kept(export: RawExport) -> str:
    return " ".join(sorted(export.frames["vs"]["result"]))


def _told(export: RawExport) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, *f.sources) for f in export.findings]


@pytest.mark.parametrize("number", ["", "A-7"])
def test_a_record_without_a_number_stays_and_is_told(
    sift: Callable[..., RawExport], number: str
) -> None:
    export = sift(
        f"| 0001 | {number} | 1 | | 2024-01-01 | a |\n| 0001 | 2 | 1 | | 2024-01-01 | b |"
    )
    assert _kept(export) == "a b"
    assert _told(export) == [("RAW-NO-RECORD-NUMBER", "warning", "vs.csv:2")]


def test_an_inactive_record_is_a_note_and_left_out(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 2 | 0 | 2024-03-01 | 2024-03-01 | b |
        | 0001 | 3 |   | 2024-03-01 | 2024-03-01 | c |
    """)
    assert _kept(export) == "a"
    assert _told(export) == [
        ("RAW-ACTIVE-UNKNOWN", "warning", "vs.csv:4"),
        ("RAW-INACTIVE", "note", "vs.csv:3"),
    ]
    assert export.accounting.excluded["vs"] == {"vs.csv:3": "inactive", "vs.csv:4": "inactive"}


def test_a_record_twice_with_equal_content_is_a_note_and_the_first_row_stays(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 | 7 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7 | 1 | 2024-03-01 | 2024-03-01 | a |
    """)
    assert list(export.frames["vs"]["@src"]) == ["vs.csv:2"]
    assert _told(export) == [("RAW-DUPLICATE", "note", "vs.csv:3")]
    assert export.accounting.excluded["vs"] == {"vs.csv:3": "duplicate"}


def test_a_record_twice_with_other_content_is_a_warning_and_the_one_updated_last_stays(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 | 7 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7 | 1 | 2024-03-09 | 2024-03-01 | b |
        | 0001 | 7 | 1 | 2024-03-05 | 2024-03-01 | c |
    """)
    assert _kept(export) == "b"
    assert sorted(_told(export)) == [
        ("RAW-DUPLICATE-DIFFERS", "warning", "vs.csv:2"),
        ("RAW-DUPLICATE-DIFFERS", "warning", "vs.csv:4"),
    ]


def test_of_copies_updated_at_one_time_the_first_row_stays(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 | 7 | 1 | 2024-03-09 | 2024-03-01 | b |
        | 0001 | 7 | 1 | 2024-03-09 | 2024-03-01 | a |
    """)
    assert _kept(export) == "b"


def test_the_time_of_the_update_alone_is_no_other_content(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | 7 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7 | 1 | 2024-03-09 | 2024-03-01 | a |
    """)
    assert list(export.frames["vs"]["@src"]) == ["vs.csv:3"]
    assert _told(export) == [("RAW-DUPLICATE", "note", "vs.csv:2")]


def test_blanks_at_the_ends_are_no_other_content(sift: Callable[..., RawExport]) -> None:
    text = (
        "study,site,subject,visit,record,active,updated,taken,result\n"
        "TINY,12,0001,DAY 1,7,1,2024-03-01,2024-03-01,a\n"
        "TINY,12,0001,DAY 1,7,1,2024-03-01,2024-03-01, a \n"
    )
    export = sift(forms={"vs": "| x |", "vs.csv": text})
    assert _told(export) == [("RAW-DUPLICATE", "note", "vs.csv:3")]


def test_an_inactive_copy_goes_before_the_copies_are_compared(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 | 7 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7 | 0 | 2024-03-09 | 2024-03-01 | b |
    """)
    assert _kept(export) == "a"
    assert _told(export) == [("RAW-INACTIVE", "note", "vs.csv:3")]


def test_records_without_an_id_are_not_copies_of_one_another(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 |  | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 |  | 1 | 2024-03-01 | 2024-03-01 | b |
    """)
    assert _kept(export) == "a b"
    assert _told(export) == []


def test_an_id_that_is_no_number_is_compared_as_text(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | R-1 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | R-1 | 1 | 2024-03-02 | 2024-03-01 | b |
        | 0001 | R-2 | 1 | 2024-03-01 | 2024-03-01 | c |
    """)
    assert _kept(export) == "b c"


def test_ids_are_compared_as_numbers_where_another_id_stands_twice(
    sift: Callable[..., RawExport],
) -> None:
    export = sift("""
        | 0001 | 007 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7   | 1 | 2024-03-02 | 2024-03-01 | b |
        | 0001 | 8   | 1 | 2024-03-01 | 2024-03-01 | c |
        | 0001 | 8   | 1 | 2024-03-01 | 2024-03-01 | c |
    """)
    assert _kept(export) == "b c"


def test_ids_are_compared_as_numbers(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | 007 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7   | 1 | 2024-03-02 | 2024-03-01 | b |
    """)
    assert _kept(export) == "b"


def test_the_spelling_of_an_id_is_no_other_content(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | 007 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7   | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 7   | 1 | 2024-03-01 | 2024-03-01 | a |
    """)
    assert {f.rule for f in export.findings} == {"RAW-DUPLICATE"}


def test_a_record_after_the_cut_off_is_a_note_and_left_out(sift: Callable[..., RawExport]) -> None:
    export = sift(
        """
        | 0001 | 1 | 1 | 2024-04-01 | 2024-03-31 | a |
        | 0001 | 2 | 1 | 2024-04-01 | 2024-04-01 | b |
        """,
        cutoff="2024-03-31",
    )
    assert _kept(export) == "a"
    assert _told(export) == [("RAW-AFTER-CUTOFF", "note", "vs.csv:3")]
    assert export.findings[0].message == "record starts after the cut-off 2024-03-31"
    assert export.accounting.excluded["vs"] == {"vs.csv:3": "after_cutoff"}


@pytest.mark.parametrize(
    ("date", "stays"),
    [
        ("UN MAR 2024", True),
        ("2024-03", True),
        ("2024", True),
        ("UN UNK 2024", True),
        ("UN APR 2024", False),
        ("2025", False),
        ("", True),
        ("in spring", True),
        ("30 FEB 2025", True),
        ("15 MAR 2024", True),
        ("16 MAR 2024", False),
    ],
)
def test_a_partial_date_counts_as_its_earliest_day_and_no_date_stays(
    sift: Callable[..., RawExport], date: str, stays: bool
) -> None:
    export = sift(f"| 0001 | 1 | 1 | 2024-03-01 | {date} | a |", cutoff="2024-03-15")
    assert _kept(export) == ("a" if stays else "")


def test_a_date_without_month_counts_as_its_day_in_january(sift: Callable[..., RawExport]) -> None:
    export = sift("| 0001 | 1 | 1 | 2024-01-01 | 20 UNK 2025 | a |", cutoff="2025-01-19")
    assert _kept(export) == ""


def test_any_of_a_form_s_dates_after_the_cut_off_leaves_the_record_out(
    sift: Callable[..., RawExport],
) -> None:
    export = sift(
        """
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | 2024-03-01 |
        | 0001 | 2 | 1 | 2024-03-01 | 2024-03-01 | 2024-04-01 |
        | 0001 | 3 | 1 | 2024-03-01 |            | 2024-04-01 |
        """,
        cutoff="2024-03-31",
        form="vs: {dates: [taken, result]}",
    )
    assert _kept(export) == "2024-03-01"


def test_without_a_cut_off_every_date_stays(sift: Callable[..., RawExport]) -> None:
    assert _kept(sift("| 0001 | 1 | 1 | 2024-03-01 | 2099-01-01 | a |")) == "a"


def test_a_record_of_nobody_is_an_error_and_kept_out(sift: Callable[..., RawExport]) -> None:
    export = sift("""
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0009 | 2 | 1 | 2024-03-01 | 2024-03-01 | b |
        |      | 3 | 1 | 2024-03-01 | 2024-03-01 | c |
    """)
    assert _kept(export) == "a"
    assert _told(export) == [
        ("RAW-NO-SUBJECT", "error", "vs.csv:3"),
        ("RAW-NO-SUBJECT", "error", "vs.csv:4"),
    ]
    assert export.findings[0].message == "the subject has no record in dm"
    assert export.accounting.in_findings["vs"] == {"vs.csv:3", "vs.csv:4"}


def test_a_subject_whose_demographics_are_inactive_is_nobody(
    sift: Callable[..., RawExport],
) -> None:
    dm = """
        | study | site | subject | visit | record | active | updated    | seen       | sex |
        | TINY  | 12   | 0001    | DAY 1 | 1      | 0      | 2024-03-01 | 2024-03-01 | 1   |
    """
    export = sift("| 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | a |", forms={"dm": dm})
    assert _told(export) == [
        ("RAW-INACTIVE", "note", "dm.csv:2"),
        ("RAW-NO-SUBJECT", "error", "vs.csv:2"),
    ]


@pytest.mark.parametrize(("first", "second"), [("9", "10"), ("009", "10"), ("9", "none")])
def test_of_two_records_of_a_form_once_a_subject_the_lowest_number_is_used(
    sift: Callable[..., RawExport], first: str, second: str
) -> None:
    export = sift(
        f"""
        | 0001 | {second} | 1 | 2024-03-09 | 2024-03-01 | b |
        | 0001 | {first}  | 1 | 2024-03-01 | 2024-03-02 | a |
        | 0002 | 11       | 1 | 2024-03-01 | 2024-03-02 | c |
        """,
        form="vs: {dates: [taken], once_per_subject: true}",
    )
    assert _kept(export) == "a c"
    told = [told for told in _told(export) if told[0] != "RAW-NO-RECORD-NUMBER"]
    assert told == [("RAW-SECOND-RECORD", "error", "vs.csv:2")]
    assert export.accounting.in_findings["vs"] == {"vs.csv:2"}


def test_an_inactive_record_is_no_second_one(sift: Callable[..., RawExport]) -> None:
    export = sift(
        """
        | 0001 | 1 | 0 | 2024-03-09 | 2024-03-01 | a |
        | 0001 | 2 | 1 | 2024-03-01 | 2024-03-02 | b |
        """,
        form="vs: {dates: [taken], once_per_subject: true}",
    )
    assert _kept(export) == "b"
    assert _told(export) == [("RAW-INACTIVE", "note", "vs.csv:2")]


def test_two_records_of_one_lesion_in_one_visit_are_an_error_and_both_stay(
    sift: Callable[..., RawExport],
) -> None:
    export = sift(
        """
        | 0001 | 2 | 1 | 2024-03-01 | 2024-03-01 | T1 |
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-02 | T1 |
        | 0001 | 3 | 1 | 2024-03-01 | 2024-03-02 | T2 |
        | 0001 | 4 | 1 | 2024-03-01 | 2024-03-02 |    |
        | 0001 | 5 | 1 | 2024-03-01 | 2024-03-02 |    |
        """,
        form='vs: {dates: [taken], once_per: ["@key", "@folder", result]}',
    )
    assert len(export.frames["vs"]) == 5
    assert _told(export) == [("RAW-TWICE", "error", "vs.csv:2")]


def test_what_a_spec_does_not_submit_is_told_and_counted(sift: Callable[..., RawExport]) -> None:
    export = sift(
        """
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 2 | 1 | 2024-03-01 | 2024-03-01 | b |
        """,
        form="vs: {dates: [taken], not_submitted: [{where: {result: b}, reason: training}]}",
    )
    assert export.accounting.not_submitted["vs"] == {"vs.csv:3"}
    assert export.findings == ()


def test_every_row_that_was_read_has_one_fate(sift: Callable[..., RawExport]) -> None:
    export = sift(
        """
        | 0001 | 1 | 1 | 2024-03-01 | 2024-03-01 | a |
        | 0001 | 2 | 0 | 2024-03-01 | 2024-03-01 | b |
        | 0001 | 3 | 1 | 2024-03-01 | 2024-03-01 | c |
        | 0001 | 3 | 1 | 2024-03-02 | 2024-03-01 | d |
        | 0001 | 4 | 1 | 2024-03-01 | 2024-04-01 | e |
        | 0009 | 5 | 1 | 2024-03-01 | 2024-03-01 | f |
        | 0002 | 6 | 1 | 2024-03-01 | 2024-03-01 | g |
        """,
        cutoff="2024-03-31",
        form="vs: {dates: [taken], not_submitted: [{where: {result: g}, reason: training}]}",
    )
    mapped = {"vs.csv:2", "vs.csv:5", "dm.csv:2", "dm.csv:3"}
    assert export.accounting.as_json(mapped) == {
        "dm": {"read": 2, "mapped": 2, "excluded": {}, "not_submitted": 0, "in_findings": 0},
        "vs": {
            "read": 7,
            "mapped": 2,
            "excluded": {"after_cutoff": 1, "duplicate": 1, "inactive": 1},
            "not_submitted": 1,
            "in_findings": 1,
        },
    }
    assert export.accounting.unaccounted(mapped) == {"dm": [], "vs": []}


def test_a_row_without_a_fate_is_named() -> None:
    accounting = Accounting()
    accounting.read("vs", ["vs.csv:2", "vs.csv:3"])
    assert accounting.unaccounted({"vs.csv:2"}) == {"vs": ["vs.csv:3"]}


def test_a_row_without_a_fate_is_not_counted_among_the_findings() -> None:
    accounting = Accounting()
    accounting.read("vs", ["vs.csv:2"])
    assert accounting.as_json(set())["vs"]["in_findings"] == 0


def test_a_fate_once_given_stays() -> None:
    accounting = Accounting()
    accounting.read("vs", ["vs.csv:2"])
    accounting.exclude("vs", ["vs.csv:2"], "inactive")
    accounting.exclude("vs", ["vs.csv:2"], "duplicate")
    assert accounting.excluded["vs"] == {"vs.csv:2": "inactive"}


def test_records_may_be_told_apart_by_columns_in_place_of_an_id(
    sift: Callable[..., RawExport],
) -> None:
    export = sift(
        """
        | 0001 |   | 1 | 2024-03-01 | 01 MAR 2024 | a |
        | 0001 |   | 1 | 2024-03-01 | 01 MAR 2024 | a |
        | 0001 |   | 1 | 2024-03-02 | 01 MAR 2024 | b |
        | 0001 |   | 1 | 2024-03-02 | 02 MAR 2024 | c |
        | 0002 |   | 1 | 2024-03-02 | 01 MAR 2024 | d |
        """,
        form='vs: {dates: [taken], unique_by: ["@key", taken]}',
    )
    assert _kept(export) == "b c d"
    assert _told(export) == [
        ("RAW-DUPLICATE-DIFFERS", "warning", "vs.csv:2"),
        ("RAW-DUPLICATE-DIFFERS", "warning", "vs.csv:3"),
    ]


def test_what_stands_for_a_missing_value_is_none(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> None:
    study = tiny_study({"raw.yaml": LAYOUT + "missing: [NA, .]\n"})
    rows = _vs("| 0001 | 1 | 1 | 2024-03-01 | 01 MAR 2024 | NA |\n| 0002 | 2 | 1 | x | NA | . |")
    frame = read_export(tiny_export({"vs": rows}), study).frames["vs"]
    assert list(frame["result"]) == ["", ""]
    assert list(frame["taken"]) == ["01 MAR 2024", ""]
