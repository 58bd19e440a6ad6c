"""The house check: small trees with one fault each."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from check_house import LONGEST_FILE, names_in_export, offences, project_files, study_names

ENGINE = "src/cdisc_hai/screen.py"
NAMES = study_names({"tl", "tldiam", "HAI", "HAI-CRLM", "Oxaliplatin", "CYCLE 1 DAY 1", "visit"})
NUMBER = "name it in specs/study.yaml, or end the line with '# house: <reason>'"


def told(root: Path, text: str, *, path: str = ENGINE) -> list[str]:
    """What the check says of a tree of one file, without the file's name."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [f"{found.line}: {found.what}" for found in offences(root, [path], NAMES)]


# --- the protocol's numbers


@pytest.mark.parametrize("number", ["28", "42", "112", "119", "28.0"])
def test_the_engine_says_no_number_of_the_protocol(tmp_path: Path, number: str) -> None:
    assert told(tmp_path, f"x = 1\ndays = -{number}\n") == [
        f"2: the protocol's number {number}; {NUMBER}"
    ]


@pytest.mark.parametrize("text", ["days = 43\n", "days = '42'\n", "days = True\n", "# 42 days\n"])
def test_other_numbers_texts_and_comments_are_free(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


def test_a_number_may_stand_with_its_reason(tmp_path: Path) -> None:
    assert told(tmp_path, "width = 42  # house: the width of a header in SAS transport\n") == []


def test_a_number_may_not_stand_with_an_empty_reason(tmp_path: Path) -> None:
    assert told(tmp_path, "width = 42  # house:\n") == ["1: '# house:' without a reason after it"]


def test_the_numbers_are_free_outside_the_engine(tmp_path: Path) -> None:
    assert told(tmp_path, "days = 42\n", path="tests/test_days.py") == []


# --- the study's names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x = 'tl'", "tl"),
        ("x = 'HAI'", "HAI"),
        ("x = frame['tldiam']", "tldiam"),
        ("x = 'the column TLDIAM is empty'", "tldiam"),
        ("x = f'{dose} mg of oxaliplatin'", "oxaliplatin"),
        ("x = 'HAI-CRLM-001'", "hai-crlm"),
        ("x = 'at cycle 1 day 1'", "cycle 1 day 1"),
    ],
)
def test_the_engine_says_no_name_of_the_study(tmp_path: Path, text: str, name: str) -> None:
    assert told(tmp_path, text) == [f"1: the study's name '{name}'; the engine reads it from specs"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = 'TL'", "a short name counts in its own case"),
        ("x = 'title'", "a short name counts as the whole text"),
        ("x = 'cdisc-hai'", "the package's own name"),
        ("x = 'visit'", "a name on the list of allowed ones"),
        ('"""Rows of tldiam."""', "a docstring"),
        ("x = 1  # tldiam", "a comment"),
    ],
)
def test_what_only_looks_like_a_name_is_free(tmp_path: Path, text: str, why: str) -> None:
    assert told(tmp_path, text) == [], why


def test_names_come_from_the_dictionary_the_code_lists_and_the_visits(tmp_path: Path) -> None:
    export = {
        "study.json": '{"studyid": "S-1"}',
        "crf.csv": "\ufeffform,item\ndm,sex\n",
        "codelists.csv": "codelist,code,decode\nARM,1,A: drug and diet\nDRUG,1,Xol\nNY,Y,Yes\n",
        "dm.csv": "subjid,visit\n1,WEEK 1\n2,\n",
    }
    for name, text in export.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert names_in_export(tmp_path) - {""} == {
        *("S-1", "dm", "sex", "A", "A: drug and diet", "Xol", "WEEK 1"),
    }


# --- evaluation, size


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("eval('1')", "eval"),
        ("frame.eval('a + b')", "eval"),
        ("exec(text)", "exec"),
        ("import pickle", "pickle"),
        ("from pickle import loads", "pickle"),
        ("pd.read_pickle(path)", "read_pickle"),
    ],
)
def test_the_engine_evaluates_nothing(tmp_path: Path, text: str, name: str) -> None:
    assert told(tmp_path, text) == [f"1: {name} runs what it reads; name a function instead"]


def test_a_file_of_the_engine_has_at_most_400_lines(tmp_path: Path) -> None:
    assert told(tmp_path, "x = 1\n" * LONGEST_FILE) == []
    assert told(tmp_path, "x = 1\n" * (LONGEST_FILE + 1)) == [
        "401: 401 lines; divide it, 400 is the most"
    ]


# --- waivers

MARKS = ["noqa", "noqa: E501", "noqa: E501, PLR2004", "type: ignore[misc]", "pragma: no cover"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("path", [ENGINE, "tests/test_x.py", "tools/x.py"])
def test_a_waiver_gives_its_reason(tmp_path: Path, mark: str, path: str) -> None:
    assert told(tmp_path, f"x = 1  # {mark}\n", path=path) == [
        f"1: '# {mark}' without a reason after it"
    ]
    assert told(tmp_path, f"x = 1  # {mark}  # the C loader is optional\n", path=path) == []
    assert told(tmp_path, f"x = 1  # {mark} - the C loader is optional\n", path=path) == []


def test_two_waivers_of_a_line_may_share_a_reason(tmp_path: Path) -> None:
    assert told(tmp_path, "x = 1  # type: ignore[misc]  # noqa: E501  # a table\n") == []


def test_a_waiver_within_a_text_is_only_text(tmp_path: Path) -> None:
    assert told(tmp_path, "x = '# noqa'\n") == []


# --- machines and registries (put together here, so that this file names none)


@pytest.mark.parametrize("path", ["README.md", "Makefile", ENGINE, "specs/study.yaml"])
def test_no_file_names_a_folder_of_one_machine(tmp_path: Path, path: str) -> None:
    folder = "/" + "home/"
    assert told(tmp_path, f"#\n# see {folder}me/notes\n", path=path) == [
        f"2: a path of one machine, '{folder}'; leave it to each machine"
    ]


def test_no_file_names_a_registry(tmp_path: Path) -> None:
    host = "pypi" + ".org"
    assert told(tmp_path, f"--index-url https://{host}/simple\n", path="requirements/lock.txt") == [
        f"1: a registry, '{host}'; leave it to each machine"
    ]


@pytest.mark.parametrize("text", ["docs/work/a.md", "../work/a.md", "https://a.example/home/b"])
def test_a_relative_path_and_an_address_are_free(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text, path="README.md") == []


def test_a_binary_or_removed_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "dm.xpt").write_bytes(b"\xff\xfe\x00")
    assert offences(tmp_path, ["dm.xpt", "gone.py"], NAMES) == []


def test_what_git_would_take_in_is_looked_at_and_what_it_ignores_is_not(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("/build/\n")
    (tmp_path / "new.py").write_text("")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "made.py").write_text("")
    assert project_files(tmp_path) == [".gitignore", "new.py"]
