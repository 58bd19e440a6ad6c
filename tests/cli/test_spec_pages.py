"""spec show and spec explain, on the small study whose texts are drawn in test_words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cdisc_hai.build.spec import spec_account, spec_table
from cdisc_hai.build.specs import study_of
from cdisc_hai.cli import main
from tests.metadata import test_words as words

ROOT = Path(__file__).parents[2]
TinySpecs = Callable[..., Path]


@pytest.fixture
def specs(tiny_specs: TinySpecs) -> Path:
    return tiny_specs(
        {
            "study.yaml": words.STUDY,
            "codelists.yaml": words.LISTS + '  TEST: {terms: {"1": HT, "2": WT}}\n',
            "sdtm/dm.yaml": words.DM,
            "sdtm/vs.yaml": words.VS,
            "sdtm/xin.yaml": words.HELPER,
            "adam/adsl.yaml": words.ADSL,
            "adam/adtte.yaml": words.ADTTE.replace("any: [", "{any: [").replace(
                "LATE_ON}]]", "LATE_ON}]}]"
            ),
        }
    )


def run(*args: object):
    return CliRunner(env={"COLUMNS": "120"}).invoke(main, ["spec", *map(str, args)])


def test_show_is_a_table_with_the_records_above_and_working_variables_below(specs: Path) -> None:
    result = run("show", "vs", "--specs", specs)
    assert result.exit_code == 0
    assert result.output == (
        """\
VS  Vital Signs
FINDINGS. One record per measurement. Keys: STUDYID, USUBJID, VSDTC.
Records: The records of form vs and the records of form dm.

Variable  Label                 Type         Origin              How
--------  --------------------  -----------  ------------------  -------------------------------------------------------
STUDYID   Study Identifier      text         Protocol            The study identifier.
USUBJID   Unique Subject        text         Derived             The study identifier, the site and the subject's
          Identifier                                             number, joined with "-".
VSSEQ     Sequence Number       integer      Derived             Number of the record within USUBJID, from 1, in the
                                                                 order of the dataset's keys.
VSDTC     Date                  partialDate  Collected (dm:      For form vs: taken in ISO 8601, without its unknown
                                             seen; vs: taken)    parts. For form dm: seen in ISO 8601, without its
                                                                 unknown parts.
VSORRES   Result                text         Collected (vs:      The first of these that fits: "LOW" where low is "1";
                                             low, result)        otherwise result (form vs).
VSTESTCD  Test                  text         Collected (vs:      For form vs: test recoded: "1" to "HT", "2" to "WT".
                                             test); Assigned     For form dm: set to "AGE".
VSSTRESN  Number                float        Derived             The first of these that fits: missing where VSTESTCD is
                                                                 "AGE"; otherwise MM.
VSDY      Day                   integer      Derived             Days from DM.RFDTC to VSDTC, plus 1 on or after it;
                                                                 there is no day 0.

Where
  MM: result times the factor of its unit in unit, by VSTESTCD, in exact decimals: for "HT" cm = 10, m = 1000; for "WT"
    kg = 1 (form vs).
"""
    )


def test_explain_follows_working_variables_with_the_lines_of_the_specs(specs: Path) -> None:
    result = run("explain", "VS.VSSTRESN", "--specs", specs)
    assert result.exit_code == 0
    assert result.output == (
        """\
VS.VSSTRESN  Number
float, origin Derived

The first of these that fits: missing where VSTESTCD is "AGE"; otherwise MM.
    specs/sdtm/vs.yaml:17

MM: result times the factor of its unit in unit, by VSTESTCD, in exact decimals: for "HT" cm = 10, m = 1000; for "WT" kg
= 1 (form vs).
    specs/sdtm/vs.yaml:16

Reads
  VS.VSTESTCD        specs/sdtm/vs.yaml:15
"""
    )


def test_explain_follows_helpers_into_other_datasets(specs: Path) -> None:
    result = run("explain", "DM.RFDTC", "--specs", specs)
    assert result.output == (
        """\
DM.RFDTC  Start
text, origin Collected (dm: seen)

INDTC of 'Beginnings', of the subject's record for which REASON is "IN".
    specs/sdtm/dm.yaml:13

'Beginnings': the records of form dm for which seen has a value.
    specs/sdtm/xin.yaml:1

INDTC of 'Beginnings': seen in ISO 8601, without its unknown parts (form dm).
    specs/sdtm/xin.yaml:11

REASON of 'Beginnings': Set to "IN".
    specs/sdtm/xin.yaml:12
"""
    )


def test_explain_tells_a_value_of_parameters_by_each_with_the_lines_of_its_moments(
    specs: Path,
) -> None:
    account = spec_account("adtte.aval", specs=specs)
    (_, own), (title, told) = account.parts
    assert own.text == "AVAL as the derivation of the parameter gives it."
    assert title == "TTE (Time)"
    assert told.text.startswith("Days from BEGIN to the date of the first of these rules")
    assert {note.title: note.at for note in account.notes} == {
        "BEGIN": ("specs/adam/adtte.yaml:7",),
        "SEEN": ("specs/adam/adtte.yaml:8",),
        "LATE ON": ("specs/adam/adtte.yaml:9",),
    }
    assert ("ADSL.STDT", "specs/adam/adsl.yaml:10") in account.reads
    assert ("VS.VSDTC", "specs/sdtm/vs.yaml:13") in account.reads


def test_explain_lists_the_values_of_a_codelist(specs: Path) -> None:
    result = run("explain", "DM.SEX", "--specs", specs)
    assert "Values, by codelist SEX (C66731): F (Female); M (Male)\n" in result.output


def test_show_lists_parameters_with_their_moments(specs: Path) -> None:
    table = spec_table("ADTTE", specs=specs)
    assert [(line.name, line.label) for line in table.parameters] == [("TTE", "Time")]
    assert [note.title for note in table.notes][:3] == ["BEGIN", "SEEN", "LATE ON"]


def test_both_print_json_for_a_machine(specs: Path) -> None:
    shown = json.loads(run("show", "DM", "--json", "--specs", specs).stdout)
    assert [v["name"] for v in shown["variables"]][:3] == ["STUDYID", "USUBJID", "SEX"]
    assert shown["variables"][2]["codelist"] == "SEX (C66731)"
    told = json.loads(run("explain", "DM.SEXL", "--json", "--specs", specs).stdout)
    assert told["parts"] == [
        {"of": "", "text": "The decode of SEX in codelist SEX.", "at": ["specs/sdtm/dm.yaml:12"]}
    ]


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        (("show", "VSS"), "the specs have no dataset 'VSS'; did you mean 'VS'?"),
        (("explain", "VS.VSDT"), "VS has no variable 'VSDT'; did you mean 'VSDTC'?"),
        (("explain", "VS"), "name one of its variables too, as VS.VSDY"),
    ],
)
def test_a_name_that_the_specs_do_not_have_is_wrong_use(
    specs: Path, words_: tuple[str, str], said: str
) -> None:
    result = run(*words_, "--specs", specs)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("folder", ["specs", "examples/second/specs"])
def test_every_variable_of_both_studies_has_an_account(folder: str) -> None:
    study = study_of(ROOT / folder)
    for dataset in (*study.sdtm.values(), *study.adam.values()):
        table = spec_table(dataset.name, specs=ROOT / folder)
        assert len(table.variables) == len(dataset.submitted)
        assert all(line.how for line in table.variables), dataset.name
