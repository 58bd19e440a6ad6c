"""An export read form by form: its dictionary, its cut-off, and what in it is strange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Study
from cdisc_hai.raw import RawExport, read_cutoff, read_export
from cdisc_hai.raw.dictionary import read_dictionary
from cdisc_hai.raw.folder import ExportFolder
from tests.conftest import TINY_EXPORT, TINY_SPECS
from tests.drawn import told

Writes = Callable[..., Path]
Loads = Callable[..., Study]

LAYOUT = TINY_SPECS["raw.yaml"]
CUTOFF = "cutoff: {file: study.json, key: cutoff}\n"
DICTIONARY = (
    "dictionary:\n"
    "  items: {file: crf.csv, form: form, item: item, codelist: codelist}\n"
    "  codes: {file: codes.csv, codelist: codelist, code: code}\n"
    "  decode_suffix: _dec\n"
)
SYSTEM = ("study", "site", "subject", "visit", "record", "active", "updated")


def _layout(more: str) -> dict[str, str]:
    return {"raw.yaml": LAYOUT + more}


def _crf(**forms: str) -> str:
    """A dictionary file: the items of each form, a coded one as ``item=list``."""
    lines = ["form,item,codelist"]
    for form, items in forms.items():
        for item in (*SYSTEM, *items.split()):
            name, _, codelist = item.partition("=")
            lines.append(f"{form},{name},{codelist}")
    return "\n".join(lines) + "\n"


WITH_DICTIONARY = {
    "crf.csv": _crf(dm="seen sex=SEX", vs="taken result"),
    "codes.csv": "codelist,code\nSEX,1\nSEX,2\nSEX,u\n",
}


def _told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(f.rule, f.severity, f.message, f.sources) for f in findings]


@pytest.fixture
def read(tiny_study: Loads, tiny_export: Writes) -> Callable[..., RawExport]:
    return lambda forms=None, specs=None: read_export(tiny_export(forms), tiny_study(specs))


def test_a_sound_export_has_no_finding(read: Callable[..., RawExport]) -> None:
    export = read()
    assert export.findings == ()
    assert {name: len(frame) for name, frame in export.frames.items()} == {"dm": 2, "vs": 2}


def test_every_row_knows_its_line_its_subject_and_its_roles(
    read: Callable[..., RawExport],
) -> None:
    row = read().frames["vs"].iloc[1]
    assert (row["@src"], row["@key"], row["@record"], row["@folder"]) == (
        "vs.csv:3",
        "TINY-12-0002",
        "12",
        "DAY 1",
    )
    assert row["result"] == "130"


def test_the_subject_s_key_has_the_parts_and_the_separator_of_the_specs(
    read: Callable[..., RawExport],
) -> None:
    layout = LAYOUT.replace("[study, site, subject]", "[subject, site]") + "separator: /\n"
    assert list(read(specs={"raw.yaml": layout}).frames["dm"]["@key"]) == ["0001/12", "0002/12"]


def test_a_missing_folder_stops(tiny_study: Loads, tmp_path: Path) -> None:
    with pytest.raises(RawError, match="no such folder of raw data"):
        read_export(tmp_path / "none", tiny_study())


def test_a_missing_form_that_everything_needs_stops(read: Callable[..., RawExport]) -> None:
    with pytest.raises(RawError, match=r"dm\.csv: missing; nothing can be built without it"):
        read({"dm": None})


def test_another_missing_form_is_a_warning_and_has_no_rows(read: Callable[..., RawExport]) -> None:
    export = read({"vs": None})
    (finding,) = export.findings
    assert (finding.rule, finding.severity) == ("RAW-MISSING-FORM", "warning")
    assert finding.message == "the export has no file vs.csv"
    assert finding.mend == "export the form too, or take it out of raw.yaml"
    assert finding.spec == "specs/raw.yaml:10"
    assert len(export.frames["vs"]) == 0


def test_a_missing_form_with_records_once_a_visit_is_a_warning_too(
    read: Callable[..., RawExport],
) -> None:
    layout = LAYOUT.replace(
        "vs: {dates: [taken]}", 'vs: {dates: [taken], once_per: ["@key", test]}'
    )
    export = read({"vs": None}, {"raw.yaml": layout})
    assert [f.rule for f in export.findings] == ["RAW-MISSING-FORM"]


def test_a_missing_column_of_a_role_stops_with_the_line_that_names_it(
    read: Callable[..., RawExport],
) -> None:
    with pytest.raises(
        RawError, match=r"vs\.csv: no column 'visit', which specs/raw\.yaml:10 names; "
    ):
        read({"vs": TINY_EXPORT["vs"].replace("| visit |", "| folder |")})


def test_a_missing_column_is_told_with_the_one_of_other_capitals(
    read: Callable[..., RawExport],
) -> None:
    with pytest.raises(RawError, match=r"or export it; did you mean 'VISIT'\?"):
        read({"vs": TINY_EXPORT["vs"].replace("| visit |", "| VISIT |")})


@pytest.mark.parametrize(
    ("specs", "column", "at"),
    [
        ({"raw.yaml": LAYOUT.replace("[taken]", "[takn]")}, "takn", "specs/raw.yaml:10"),
        (
            {"sdtm/vs.yaml": TINY_SPECS["sdtm/vs.yaml"].replace("column: result", "column: reslt")},
            "reslt",
            "specs/sdtm/vs.yaml:13",
        ),
    ],
)
def test_a_missing_column_that_a_spec_reads_is_an_error_at_that_spec_s_line(
    read: Callable[..., RawExport], specs: dict[str, str], column: str, at: str
) -> None:
    export = read(specs=specs)
    (finding,) = export.findings
    assert _told((finding,)) == [
        (
            "RAW-MISSING-COLUMN",
            "error",
            f"vs.csv has no column {column}, which the specs read; taken as empty",
            ("vs.csv:1",),
        )
    ]
    assert finding.spec == at
    assert told(export.frames["vs"][column]) == ["", ""]


def test_a_strange_file_is_a_warning(read: Callable[..., RawExport]) -> None:
    export = read({"pk.csv": "a\n1\n", ".hidden": "x"})
    assert _told(export.findings) == [
        ("RAW-STRANGE-FILE", "warning", "no spec reads pk.csv", ("pk.csv:1",))
    ]


def test_a_folder_within_the_export_is_a_warning(tiny_study: Loads, tiny_export: Writes) -> None:
    folder = tiny_export()
    (folder / "more").mkdir()
    assert _told(read_export(folder, tiny_study()).findings) == [
        ("RAW-STRANGE-FILE", "warning", "no spec reads more/", ("more/",))
    ]


def test_the_dictionary_s_own_files_and_the_cut_off_s_are_not_strange(
    read: Callable[..., RawExport],
) -> None:
    files = {**WITH_DICTIONARY, "study.json": '{"cutoff": "2025-12-31"}'}
    assert read(files, _layout(DICTIONARY + CUTOFF)).findings == ()


def test_a_column_that_the_dictionary_does_not_know_is_a_note(
    read: Callable[..., RawExport],
) -> None:
    files = {**WITH_DICTIONARY, "crf.csv": _crf(dm="seen sex=SEX", vs="taken")}
    (finding,) = read(files, _layout(DICTIONARY)).findings
    assert _told((finding,)) == [
        ("RAW-STRANGE-COLUMN", "note", "column result is not in crf.csv", ("vs.csv:1",))
    ]
    assert finding.variable == "result"


def test_a_form_that_the_dictionary_does_not_know_has_no_strange_columns(
    read: Callable[..., RawExport],
) -> None:
    files = {**WITH_DICTIONARY, "crf.csv": _crf(dm="seen sex=SEX")}
    assert read(files, _layout(DICTIONARY)).findings == ()


DECODED = """
    | study | site | subject | visit | record | active | updated    | seen        | sex | {column} |
    | TINY  | 12   | 0001    | DAY 1 | 1      | 1      | 2024-03-01 | 01 MAR 2024 | 1   | Male     |
    """
NOBODY = TINY_EXPORT["vs"].splitlines()[1]


@pytest.mark.parametrize(("column", "strange"), [("sex_dec", False), ("seen_dec", True)])
def test_a_decode_is_known_beside_its_coded_item_alone(
    read: Callable[..., RawExport], column: str, strange: bool
) -> None:
    files = {"dm": DECODED.format(column=column), "vs": NOBODY, **WITH_DICTIONARY}
    rules = [f.rule for f in read(files, _layout(DICTIONARY)).findings]
    assert rules == (["RAW-STRANGE-COLUMN"] if strange else [])


def test_a_code_that_its_list_does_not_have_is_an_error_at_its_line(
    read: Callable[..., RawExport],
) -> None:
    files = {"dm": TINY_EXPORT["dm"].replace("| 2   |", "| 9   |"), **WITH_DICTIONARY}
    (finding,) = read(files, _layout(DICTIONARY)).findings
    assert _told((finding,)) == [
        ("RAW-UNKNOWN-CODE", "error", "'9' is not a code of SEX", ("dm.csv:3",))
    ]
    assert finding.variable == "sex"
    assert finding.mend == "correct the code in the EDC system, or add it to the code list"


def test_a_strange_code_of_a_record_that_does_not_count_is_not_told(
    read: Callable[..., RawExport],
) -> None:
    dm = TINY_EXPORT["dm"].replace("| 2      | 1      |", "| 2      | 0      |")
    assert dm != TINY_EXPORT["dm"]
    files = {"dm": dm.replace("| 2   |", "| 9   |"), **WITH_DICTIONARY}
    rules = {finding.rule for finding in read(files, _layout(DICTIONARY)).findings}
    assert "RAW-INACTIVE" in rules
    assert "RAW-UNKNOWN-CODE" not in rules


@pytest.mark.parametrize("code", ["U", ""])
def test_the_case_of_a_code_is_forgiven_and_none_is_no_wrong_one(
    read: Callable[..., RawExport], code: str
) -> None:
    files = {"dm": TINY_EXPORT["dm"].replace("| 2   |", f"| {code} |"), **WITH_DICTIONARY}
    assert read(files, _layout(DICTIONARY)).findings == ()


def test_a_list_that_the_export_does_not_have_is_not_looked_into(
    read: Callable[..., RawExport],
) -> None:
    files = {**WITH_DICTIONARY, "codes.csv": "codelist,code\nOTHER,1\n"}
    assert read(files, _layout(DICTIONARY)).findings == ()


def test_an_export_without_a_dictionary_has_an_empty_one(tmp_path: Path) -> None:
    dictionary = read_dictionary(ExportFolder(tmp_path), {})
    assert (dictionary.items, dictionary.codes, dictionary.file) == ({}, {}, "")


def test_a_missing_dictionary_stops(read: Callable[..., RawExport]) -> None:
    with pytest.raises(RawError, match=r"crf\.csv: the export's dictionary is missing; "):
        read(specs=_layout(DICTIONARY))


def test_missing_codes_of_the_dictionary_stop(read: Callable[..., RawExport]) -> None:
    with pytest.raises(RawError, match=r"codes\.csv"):
        read({"crf.csv": WITH_DICTIONARY["crf.csv"]}, _layout(DICTIONARY))


@pytest.mark.parametrize("file", ["crf.csv", "codes.csv"])
def test_a_missing_column_of_the_dictionary_stops(
    read: Callable[..., RawExport], file: str
) -> None:
    with pytest.raises(RawError, match=file):
        read({**WITH_DICTIONARY, file: "a,b\n1,2\n"}, _layout(DICTIONARY))


def test_a_dictionary_may_tell_items_without_codes(tmp_path: Path) -> None:
    (tmp_path / "crf.csv").write_text("form,item\ndm,sex\n")
    spec = {"items": {"file": "crf.csv", "form": "form", "item": "item"}}
    assert read_dictionary(ExportFolder(tmp_path), spec).items == {"dm": frozenset({"sex"})}


@pytest.mark.parametrize(
    ("text", "cutoff"),
    [
        ('{"cutoff": "2025-12-31"}', "2025-12-31"),
        ('\ufeff{"cutoff": "2025-12-31"}', "2025-12-31"),
        ('{"cutoff": "31 DEC 2025", "more": 1}', "2025-12-31"),
    ],
)
def test_the_cut_off_is_read_as_the_export_tells_it(
    tiny_study: Loads, tiny_export: Writes, text: str, cutoff: str
) -> None:
    folder = tiny_export({"study.json": text})
    assert read_cutoff(folder, tiny_study(_layout(CUTOFF)).raw) == cutoff


def test_a_study_without_a_cut_off_has_none(tiny_study: Loads, tiny_export: Writes) -> None:
    assert read_cutoff(tiny_export(), tiny_study().raw) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "study.json: missing; it tells the data cut-off"),
        ("", "study.json: no 'cutoff' to be read as JSON"),
        ("cutoff: 2025-12-31", "study.json: no 'cutoff' to be read as JSON"),
        ('{"cut": "2025-12-31"}', "study.json: no 'cutoff' to be read as JSON"),
        ('["2025-12-31"]', "study.json: no 'cutoff' to be read as JSON"),
        ('{"cutoff": "2025-12"}', "study.json: 'cutoff' is '2025-12', not a complete date"),
        ('{"cutoff": "2025-02-30"}', "study.json: 'cutoff' is '2025-02-30', not a complete date"),
        ('{"cutoff": ""}', "study.json: 'cutoff' is '', not a complete date"),
        ('{"cutoff": null}', "study.json: 'cutoff' is 'None', not a complete date"),
        ('{"cutoff": "soon"}', "study.json: 'cutoff' is 'soon', not a complete date"),
    ],
)
def test_a_cut_off_that_cannot_be_read_stops(
    read: Callable[..., RawExport], text: str | None, message: str
) -> None:
    with pytest.raises(RawError) as caught:
        read({"study.json": text}, _layout(CUTOFF))
    told, _, mend = str(caught.value).partition("; write it ")
    assert told == message
    assert mend or text is None
