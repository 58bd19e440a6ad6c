"""What ``spec check`` tells of specs that load: differences from the guides and terminology."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cdisc_hai.build.spec import spec_check
from cdisc_hai.build.specs import study_of
from cdisc_hai.cli import main
from tests.guide.test_terminology import TEXT, XML

ROOT = Path(__file__).parents[2]
TinySpecs = Callable[..., Path]

CO = """\
dataset: CO
label: Comments
class: SPECIAL-PURPOSE
structure: One record per comment per subject
keys: [STUDYID, USUBJID, COSEQ]
records: {taken: {form: vs}}
variables:
  - {name: STUDYID, label: Study Identifier, role: Identifier, core: Req, map: {op: assign, column: "@study"}}
  - {name: DOMAIN, label: Domain Abbreviation, role: Identifier, core: Req, map: {op: hardcode, value: CO}}
  - {name: RDOMAIN, label: Related Domain Abbreviation, core: Perm, map: {op: hardcode, value: VS}}
  - {name: USUBJID, label: Unique Subject Identifier, core: Req, map: {op: assign, column: "@key"}}
  - {name: COSEQ, label: Sequence Number, type: integer, core: Req, map: {op: sequence}}
  - {name: COVAL, label: Comment, core: Req, map: {op: assign, column: result}}
"""
ADSL = """\
dataset: ADSL
label: Subject-Level Analysis Dataset
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [STUDYID, USUBJID]
from: DM
variables:
  - {name: STUDYID, label: Study Identifier, derive: {op: copy_of, source: DM.STUDYID}}
  - {name: USUBJID, label: Unique Subject Identifier, derive: {op: copy_of, source: DM.USUBJID}}
"""
FULL = "".join(
    f"  - {{name: {name}, label: {label}, type: {kind}, derive: {{op: value, value: {value}}}}}\n"
    for name, label, kind, value in [
        ("SUBJID", "Subject Identifier for the Study", "text", "A"),
        ("SITEID", "Study Site Identifier", "text", "A"),
        ("AGE", "Age", "integer", "1"),
        ("AGEU", "Age Units", "text", "YEARS"),
        ("SEX", "Sex", "text", "F"),
        ("RACE", "Race", "text", "ASIAN"),
        ("ARM", "Description of Planned Arm", "text", "A"),
        ("TRT01P", "Planned Treatment for Period 01", "text", "A"),
    ]
)
ONLY = {"sdtm/dm.yaml": None, "sdtm/vs.yaml": None}


def told(specs: Path, *ct: Path) -> list[str]:
    """The faults at or behind the line, without those of what the tiny study lacks."""
    return [f"{f.line}: {f.message} - {f.mend}" for f in spec_check(specs, ct=ct).faults]


def of_co(tiny_specs: TinySpecs, text: str) -> list[str]:
    return told(tiny_specs({**ONLY, "sdtm/co.yaml": text}))


def of_adsl(tiny_specs: TinySpecs, *lines: str) -> list[str]:
    text = ADSL + FULL + "".join(f"  - {line}\n" for line in lines)
    report = spec_check(tiny_specs({"adam/adsl.yaml": text}))
    return [f"{f.line}: {f.message} - {f.mend}" for f in report.faults if "adsl" in f.file]


@pytest.mark.parametrize("specs", ["specs", "examples/second/specs"])
def test_the_specs_of_both_studies_have_no_fault(specs: str) -> None:
    report = spec_check(ROOT / specs)
    assert [f"{f} - {f.mend}" for f in report.faults] == []
    assert report.notes == ()


def test_specs_that_keep_to_the_guide_have_no_fault(tiny_specs: TinySpecs) -> None:
    assert of_co(tiny_specs, CO) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("label: Comments", "label: Remarks",
         "1: label of CO is 'Remarks', in the guide 'Comments' - write label: Comments"),
        ("class: SPECIAL-PURPOSE", "class: EVENTS",
         "1: class of CO is 'EVENTS', in the guide 'Special-Purpose' - write class: SPECIAL-PURPOSE"),
        ("label: Comment,", "label: Comment Text,",
         "13: label of CO.COVAL is 'Comment Text', in the guide 'Comment' - write label: Comment"),
        ("type: integer, core: Req", "core: Req",
         "12: type of CO.COSEQ is 'text', in the guide Num - give it a number type"),
        ("role: Identifier, core: Req, map: {op: h", "role: Topic, core: Req, map: {op: h",
         "9: role of CO.DOMAIN is 'Topic', in the guide 'Identifier' - write role: Identifier"),
        ("label: Comment, core: Req", "label: Comment, core: Exp",
         "13: core of CO.COVAL is 'Exp', in the guide 'Req' - write core: Req"),
        ("label: Comment, core: Req", "label: Comment, core: Req, sponsor: true",
         "13: CO.COVAL is marked as the sponsor's own, but the guide has it - take 'sponsor' out"),
        ("  - {name: COVAL, label: Comment, core: Req, map: {op: assign, column: result}}\n", "",
         "1: CO lacks COVAL (Comment), which is Required - add it to 'variables' with core: Req"),
        ("name: RDOMAIN, label: Related Domain Abbreviation", "name: COVALX, label: More",
         "10: the guide has no variable COVALX in CO; did you mean 'COVAL'? - "
         "make it a qualifier (SUPP--), or mark it 'sponsor: true'"),
        ("label: Comment, core: Req", "label: Comment, core: Req, codelist: SEX", ""),
        ("label: Related Domain Abbreviation", "codelist: SEX, label: Related Domain Abbreviation",
         "10: codelist 'SEX' of CO.RDOMAIN has the code C66731, in the guide it is C66734 - "
         "name a codelist with code: C66734"),
    ],
)  # fmt: skip
def test_each_difference_from_the_guide_is_told_at_its_line(
    tiny_specs: TinySpecs, old: str, new: str, fault: str
) -> None:
    assert old in CO
    found = [line for line in of_co(tiny_specs, CO.replace(old, new)) if "not a term" not in line]
    assert found == ([fault] if fault else [])


def test_a_variable_of_the_sponsor_that_is_marked_is_no_fault(tiny_specs: TinySpecs) -> None:
    marked = CO.replace(
        "name: RDOMAIN, label: Related Domain Abbreviation", "name: COX, label: More, sponsor: true"
    )
    assert of_co(tiny_specs, marked) == []


def test_variables_out_of_the_guides_order_are_told(tiny_specs: TinySpecs) -> None:
    lines = CO.splitlines(keepends=True)
    swapped = "".join([*lines[:9], lines[10], lines[9], *lines[11:]])
    assert of_co(tiny_specs, swapped) == [
        "11: RDOMAIN stands behind USUBJID, in the guide before it - "
        "put the variables in the guide's order"
    ]


def test_an_expected_variable_that_is_missing_is_told(tiny_specs: TinySpecs) -> None:
    found = told(tiny_specs())
    assert (
        "1: DM lacks RFSTDTC (Subject Reference Start Date/Time), which is Expected - "
        "add it to 'variables' with core: Exp; where nothing is collected, map it to null"
    ) in found


def test_a_dataset_that_is_neither_the_guides_nor_of_a_general_class_is_told(
    tiny_specs: TinySpecs,
) -> None:
    assert of_co(tiny_specs, CO.replace("dataset: CO", "dataset: QX"))[0].startswith(
        "1: the guide has no dataset QX"
    )


def test_a_domain_of_the_sponsor_needs_identifiers_and_the_topic_of_its_class(
    tiny_specs: TinySpecs,
) -> None:
    text = CO.replace("dataset: CO", "dataset: XC").replace("SPECIAL-PURPOSE", "EVENTS")
    text = text.replace("name: COVAL", "name: XCDECOD").replace("COSEQ", "XCSEQ")
    text = text.replace("label: Comment,", "label: Dictionary-Derived Term,")
    found = of_co(tiny_specs, text.replace("name: RDOMAIN", "name: XCFOO"))
    assert [line.partition(" - ")[0] for line in found] == [
        "1: XC lacks XCTERM (Reported Term), which is Required",
        "10: the guide has no variable XCFOO in XC",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{name: AGEGR1, label: Pooled Age Group 1, derive: {op: value, value: x}}", ""),
        ("{name: AGEGR1, label: Age Group, derive: {op: value, value: x}}",
         "18: label of ADSL.AGEGR1 is 'Age Group', in the guide 'Pooled Age Group 1' - "
         "write label: Pooled Age Group 1"),
        ("{name: TRT02PN, label: Planned Treatment for Period 02 (N), derive: {op: value, value: x}}",
         "18: type of ADSL.TRT02PN is 'text', in the guide Num - give it a number type"),
        ("{name: RFSTDTC, label: Reference Start, derive: {op: value, value: x}}",
         "18: label of ADSL.RFSTDTC is 'Reference Start', in SDTMIG 'Subject Reference Start "
         "Date/Time' - write label: Subject Reference Start Date/Time"),
        ("{name: SAFFLL, label: x, derive: {op: value, value: x}}",
         "18: the guide has no variable SAFFLL in ADSL; did you mean 'SAFFL'? - "
         "name one that it has, or mark it 'sponsor: true'"),
        ("{name: SAFFLL, label: x, sponsor: true, derive: {op: value, value: x}}", ""),
        ("{name: NEWDT, label: x, sponsor: true, derive: {op: value, value: x}}",
         "18: type of ADSL.NEWDT is 'text', but names that end in DT are Num - "
         "change the type or the name"),
        ("{name: GENE, label: Gene, derive: {op: copy_of, source: DM.GENE}}", ""),
    ],
)  # fmt: skip
def test_an_adam_variable_is_judged_by_adamig_by_sdtmig_or_by_its_mark(
    tiny_specs: TinySpecs, line: str, fault: str
) -> None:
    found = [f for f in of_adsl(tiny_specs, line) if "no variable of DM 'GENE'" not in f]
    assert found == ([fault] if fault else [])


def test_a_required_adam_variable_is_there_with_some_index(tiny_specs: TinySpecs) -> None:
    report = spec_check(tiny_specs({"adam/adsl.yaml": ADSL + FULL.replace("TRT01P", "TRT02P")}))
    assert not [f for f in report.faults if "lacks" in f.message and "adsl" in f.file]
    report = spec_check(tiny_specs({"adam/adsl.yaml": ADSL}))
    lacking = [f.message for f in report.faults if "adsl" in f.file]
    assert "ADSL lacks TRTxxP (Planned Treatment for Period xx), which is Required" in lacking
    assert len(lacking) == 8


def test_qualifiers_have_the_bounds_of_qnam_and_qlabel(tiny_specs: TinySpecs) -> None:
    text = CO + (
        "qualifiers:\n"
        "  - {name: QUALIFIER, label: Long, map: {op: hardcode, value: x}}\n"
        f"  - {{name: Q, label: {'x' * 41}, map: {{op: hardcode, value: x}}}}\n"
        "  - {name: COEVAL, label: Evaluator, map: {op: hardcode, value: x}}\n"
    )
    assert of_co(tiny_specs, text) == [
        "15: qualifier 'QUALIFIER' is over 8 bytes - shorten it",
        "16: label of qualifier Q has 41 bytes, at most 40 - shorten it",
        "17: the guide has COEVAL as a variable of CO - move it from 'qualifiers' to 'variables'",
    ]


def test_a_version_without_facts_is_a_note_and_no_silence(tiny_specs: TinySpecs) -> None:
    specs = tiny_specs({**ONLY, "sdtm/co.yaml": CO.replace("Comments", "Remarks")})
    text = (specs / "study.yaml").read_text("utf-8") + 'standards: {sdtmig: "3.2"}\n'
    (specs / "study.yaml").write_text(text, "utf-8")
    report = spec_check(specs)
    assert report.faults == ()
    assert report.notes == (
        "specs/study.yaml:1: sdtmig 3.2 is not among the guides known here; its variables were "
        "not compared",
    )


LISTS = """\
codelists:
  NY:
    code: C66742
    extensible: false
    terms:
      Y: {code: C49488}
      N: {code: C49487}
  UNIT:
    code: C71620
    extensible: true
    terms:
      g: {code: C48155}
      shovel: {extended: true}
  OWN: {terms: {A: {}}}
"""


def differences(tiny_specs: TinySpecs, lists: str, tmp_path: Path, text: str = TEXT) -> list[str]:
    terminology = tmp_path / "ct.txt"
    terminology.write_text(text, "utf-8")
    files = {**ONLY, "sdtm/co.yaml": CO, "codelists.yaml": lists}
    report = spec_check(tiny_specs(files), ct=[terminology])
    assert report.faults == ()
    assert report.exit_code == (16 if report.differences else 0)
    return [f"{f.line}: {f.message} - {f.mend}" for f in report.differences]


@pytest.mark.parametrize("text", [TEXT, XML])
def test_codelists_that_agree_have_no_difference(
    tiny_specs: TinySpecs, tmp_path: Path, text: str
) -> None:
    assert differences(tiny_specs, LISTS, tmp_path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("Y: {code: C49488}", "Y: {code: C49487}",
         "6: 'Y' of codelist 'NY' has the code C49487, in the terminology C49488 - "
         "write code: C49488"),
        ("Y: {code: C49488}", "Y: {}",
         "6: 'Y' of codelist 'NY' has no code, in the terminology C49488 - write code: C49488"),
        ("Y: {code: C49488}", "YES: {code: C49488}",
         "6: 'YES' of codelist 'NY' is no term of C66742 (No Yes Response) - take a term of it"),
        ("Y: {code: C49488}", "U: {extended: true}",
         "6: 'U' of codelist 'NY' extends C66742, which is not extensible - take a term of it"),
        ("g: {code: C48155}", "gg: {}",
         "12: 'gg' of codelist 'UNIT' is no term of C71620 (Unit); did you mean 'g'? - "
         "take a term of it, or mark the term 'extended: true'"),
        ("g: {code: C48155}", "g: {extended: true}",
         "12: 'g' of codelist 'UNIT' is marked as extended, but C71620 has it - "
         "write code: C48155 in place of extended: true"),
        ("shovel: {extended: true}", "shovel: {extended: true, code: C1}",
         "13: 'shovel' of codelist 'UNIT' is the sponsor's, and has the code C1 - "
         "take the code out"),
        ("    extensible: true\n", "",
         "8: codelist 'UNIT': C71620 is extensible - write extensible: true"),
        ("code: C71620", "code: C71621",
         "8: codelist 'UNIT': the terminology has no list C71621 - correct the code, or give the "
         "file of its standard as well (--ct may be repeated)"),
    ],
)  # fmt: skip
def test_each_difference_from_the_terminology_is_told_at_its_line(
    tiny_specs: TinySpecs, tmp_path: Path, old: str, new: str, difference: str
) -> None:
    assert old in LISTS
    assert differences(tiny_specs, LISTS.replace(old, new), tmp_path) == [difference]


def test_a_terminology_of_another_date_is_told(tiny_specs: TinySpecs, tmp_path: Path) -> None:
    specs = tiny_specs({**ONLY, "sdtm/co.yaml": CO, "codelists.yaml": LISTS})
    study = specs / "study.yaml"
    study.write_text(
        study.read_text("utf-8") + 'standards: {sdtm_terminology: "2024-03-29"}\n', "utf-8"
    )
    (tmp_path / "ct.txt").write_text(TEXT, "utf-8")
    (found,) = spec_check(specs, ct=[tmp_path / "ct.txt"]).differences
    assert found.message == ("the specs name terminology 2024-03-29, the file is of 2025-03-28")


def run(*words: object):
    return CliRunner().invoke(main, ["spec", *map(str, words)])


def test_an_entry_without_a_label_is_as_the_guide_has_it(tiny_specs: TinySpecs) -> None:
    text = CO.replace("label: Sequence Number, type: integer, core: Req, ", "")
    text = text.replace("label: Comment, core: Req, ", "")
    study = study_of(tiny_specs({**ONLY, "sdtm/co.yaml": text}))
    told = {v.name: (v.label, v.role, v.core, v.type) for v in study.sdtm["CO"].variables}
    assert told["COSEQ"] == ("Sequence Number", "Identifier", "Req", "float")
    assert told["COVAL"] == ("Comment", "Topic", "Req", "text")


def test_a_common_variable_that_is_not_there_is_told_once(tiny_specs: TinySpecs) -> None:
    text = CO.replace("- {name: STUDYID,", "- {use: STUDYIDD, name: STUDYID,")
    result = run("check", "--specs", tiny_specs({**ONLY, "sdtm/co.yaml": text}))
    assert result.output.splitlines()[0].startswith(
        "specs/sdtm/co.yaml:8: no common variable 'STUDYIDD'"
    )
    assert "needs" not in result.output


def test_spec_check_prints_faults_with_remedies_and_ends_with_10(tiny_specs: TinySpecs) -> None:
    text = CO.replace("label: Comment,", "lable: Comment,").replace("label: Comments", "label: X")
    result = run("check", "--specs", tiny_specs({**ONLY, "sdtm/co.yaml": text}))
    assert result.exit_code == 10
    assert result.output.splitlines() == [
        "specs/sdtm/co.yaml:1: label of CO is 'X', in the guide 'Comments'",
        "    mend: write label: Comments",
        "specs/sdtm/co.yaml:13: no key 'lable' in variable 'COVAL'; did you mean 'label'?",
        "    mend: write 'label'",
        "2 faults",
    ]


def test_spec_check_tells_a_machine_the_same(tiny_specs: TinySpecs) -> None:
    text = CO.replace("label: Comments", "label: X")
    result = run("check", "--json", "--specs", tiny_specs({**ONLY, "sdtm/co.yaml": text}))
    assert result.exit_code == 10
    assert json.loads(result.stdout) == {
        "exit_code": 10,
        "faults": [
            {
                "file": "specs/sdtm/co.yaml",
                "line": 1,
                "message": "label of CO is 'X', in the guide 'Comments'",
                "mend": "write label: Comments",
            }
        ],
        "differences": [],
        "notes": [],
    }


def test_differences_from_the_terminology_alone_end_with_16(
    tiny_specs: TinySpecs, tmp_path: Path
) -> None:
    lists = LISTS.replace("C49488", "C49489")
    specs = tiny_specs({**ONLY, "sdtm/co.yaml": CO, "codelists.yaml": lists})
    (tmp_path / "ct.txt").write_text(TEXT, "utf-8")
    result = run("check", "--specs", specs, "--ct", tmp_path / "ct.txt")
    assert result.exit_code == 16
    assert result.output.splitlines()[-1] == "0 faults, 1 difference from the terminology"


def test_clean_specs_end_with_0_and_quiet_prints_nothing(tiny_specs: TinySpecs) -> None:
    specs = tiny_specs({**ONLY, "sdtm/co.yaml": CO})
    assert (run("check", "--specs", specs).exit_code) == 0
    result = run("check", "--quiet", "--specs", specs)
    assert (result.exit_code, result.output) == (0, "")


def test_a_terminology_file_that_cannot_be_read_is_wrong_use(
    tiny_specs: TinySpecs, tmp_path: Path
) -> None:
    (tmp_path / "ct.txt").write_text("nothing", "utf-8")
    result = run("check", "--specs", tiny_specs(), "--ct", tmp_path / "ct.txt")
    assert result.exit_code == 2
    assert "no column 'Code'" in result.stderr
