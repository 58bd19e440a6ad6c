"""What tests share: the reference folder, and the specs and the export of a tiny study."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import Fault, SpecError
from cdisc_hai.metadata import Study
from cdisc_hai.metadata.remedies import remedy
from tests.drawn import frame

Files = Mapping[str, str | None]

TINY_SPECS = {
    "study.yaml": """\
format: 1
id: TINY
title: A study with two forms
cutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}
constants: {LOWEST: 5, ARMS: [A, B]}
visits:
  - {name: DAY 1, number: 1}
""",
    "raw.yaml": """\
columns: {study: study, site: site, subject: subject, folder: visit, record: record,
          active: active, updated: updated}
active_value: "1"
subject_key: [study, site, subject]
subjects_form: dm
date_formats: [DD MON YYYY, YYYY-MM-DD, YYYY-MM, YYYY]
unknown_parts: [UN, UNK]
forms:
  dm: {dates: [seen], required: true, once_per_subject: true}
  vs: {dates: [taken]}
""",
    "codelists.yaml": """\
codelists:
  SEX:
    code: C66731
    terms:
      F: {code: C16576, decode: Female}
      M: {code: C20197, decode: Male}
recodes:
  SEX: {codelist: SEX, terms: {"1": M, "2": F}}
""",
    "sdtm/common.yaml": """\
STUDYID: {label: Study Identifier, core: Req, map: {op: assign, column: "@study"}}
USUBJID: {label: Unique Subject Identifier, core: Req, map: {op: assign, column: "@key"}}
--SEQ: {label: Sequence Number, type: integer, core: Req, map: {op: sequence}}
""",
    "sdtm/dm.yaml": """\
dataset: DM
label: Demographics
class: SPECIAL-PURPOSE
structure: One record per subject
keys: [STUDYID, USUBJID]
records:
  subjects: {form: dm}
variables:
  - {use: STUDYID}
  - {use: USUBJID}
  - name: SEX
    label: Sex
    codelist: SEX
    map: {op: assign_ct, column: sex, recode: SEX}
""",
    "sdtm/vs.yaml": """\
dataset: VS
label: Vital Signs
class: FINDINGS
structure: One record per measurement
keys: [STUDYID, USUBJID, VSDTC]
records:
  taken: {form: vs}
variables:
  - {use: STUDYID}
  - {use: USUBJID}
  - {use: --SEQ}
  - {name: VSDTC, label: Date of Measurements, type: partialDate, map: {op: iso8601, column: taken}}
  - {name: VSORRES, label: Result, map: {op: assign, column: result}}
""",
}

TINY_EXPORT = {
    "dm": """
        | study | site | subject | visit | record | active | updated    | seen        | sex |
        | TINY  | 12   | 0001    | DAY 1 | 1      | 1      | 2024-03-01 | 01 MAR 2024 | 1   |
        | TINY  | 12   | 0002    | DAY 1 | 2      | 1      | 2024-03-02 | 02 MAR 2024 | 2   |
        """,
    "vs": """
        | study | site | subject | visit | record | active | updated    | taken       | result |
        | TINY  | 12   | 0001    | DAY 1 | 11     | 1      | 2024-03-01 | 01 MAR 2024 | 120    |
        | TINY  | 12   | 0002    | DAY 1 | 12     | 1      | 2024-03-02 | 02 MAR 2024 | 130    |
        """,
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared reference folder; a test that needs it is skipped where it is not."""
    place = os.environ.get("CDISC_HAI_SHARED", "")
    if not place or not Path(place).is_dir():
        pytest.skip("the shared reference folder is not here: set CDISC_HAI_SHARED")
    return Path(place)


@pytest.fixture
def tiny_specs(tmp_path: Path) -> Callable[..., Path]:
    """Writes the specs of the tiny study and tells their folder.

    A mapping of files to texts puts others in their place, or leaves a file out (None).
    """

    def write(files: Files | None = None) -> Path:
        folder = tmp_path / "specs"
        for name, text in {**TINY_SPECS, **(files or {})}.items():
            if text is not None:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(textwrap.dedent(text), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def tiny_study(tiny_specs: Callable[..., Path]) -> Callable[..., Study]:
    """The tiny study as the loader reads it, with other files where a mapping says so."""
    return lambda files=None: study_of(tiny_specs(files))


@pytest.fixture
def faults(tiny_specs: Callable[..., Path]) -> Callable[..., list[str]]:
    """The faults (``file:line: text``) of the tiny study with other files; each has a remedy."""

    def tell(files: Files | None = None) -> list[str]:
        found: tuple[Fault, ...] = ()
        try:
            study_of(tiny_specs(files))
        except SpecError as error:
            found = error.faults
        assert [str(fault) for fault in found if not remedy(fault)] == []
        return [str(fault) for fault in found]

    return tell


@pytest.fixture
def tiny_export(tmp_path: Path) -> Callable[..., Path]:
    """Writes the tiny study's export and tells its folder.

    A form's value is a drawn table (or None: no such file); a name with a suffix is a file, whose
    text is written as it is.
    """

    def write(forms: Files | None = None) -> Path:
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        for name, text in {**TINY_EXPORT, **(forms or {})}.items():
            if text is not None and "." in name:
                (folder / name).write_text(text, encoding="utf-8")
            elif text is not None:
                frame(text).to_csv(folder / f"{name}.csv", index=False)
        return folder

    return write
