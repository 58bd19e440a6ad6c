"""Records mapped, kept out, sorted, numbered and split, and the lines that they came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from cdisc_hai.errors import MappingError
from cdisc_hai.metadata import Study
from cdisc_hai.raw import RawExport, read_export
from cdisc_hai.sdtm import SdtmResult, run_sdtm
from tests.conftest import TINY_EXPORT, TINY_SPECS
from tests.drawn import frame, plain, told

DM, VS, LAYOUT = (TINY_SPECS[n] for n in ("sdtm/dm.yaml", "sdtm/vs.yaml", "raw.yaml"))
HEAD = "| study | site | subject | visit | record | active | updated | taken | result |"
SUPP_COLUMNS = (
    "STUDYID", "RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "QNAM", "QLABEL", "QVAL", "QORIG", "QEVAL",
)  # fmt: skip
SUPP = """\
dataset: SUPP--
label: Supplemental Qualifiers for --
class: RELATIONSHIP
structure: One record per supplemental qualifier
keys: [STUDYID, USUBJID, IDVAR, IDVARVAL, QNAM]
variables:
""" + "".join(
    f"  - {{name: {name}, label: {name}, core: Req, map: {{op: assign, column: {name}}}}}\n"
    for name in SUPP_COLUMNS
)


class Built(NamedTuple):
    result: SdtmResult
    export: RawExport

    def dataset(self, name: str) -> pd.DataFrame:
        return self.result.frames[name]

    def told(self) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
        return [
            (f.rule, f.severity, f.dataset, f.variable, f.sources) for f in self.result.findings
        ]


@pytest.fixture
def build(
    tiny_study: Callable[..., Study], tiny_export: Callable[..., Path]
) -> Callable[..., Built]:
    """The tiny study's SDTM, with other specs and other forms where they are given."""

    def run(
        specs: dict[str, str | None] | None = None, forms: dict[str, str | None] | None = None
    ) -> Built:
        study = tiny_study(specs)
        export = read_export(tiny_export(forms), study)
        return Built(run_sdtm(study, export), export)

    return run


def _vs(rows: str) -> dict[str, str]:
    """The form vs; a row tells subject, record, taken, result."""
    lines = [HEAD]
    for line in rows.strip().splitlines():
        subject, record, taken, result = [c.strip() for c in line.strip().strip("|").split("|")]
        cells = ["TINY", "12", subject, "DAY 1", record, "1", "2024-03-01", taken, result]
        lines.append("| " + " | ".join(cells) + " |")
    return {"vs": "\n".join(lines)}


def test_records_are_mapped_as_the_specs_say(build: Callable[..., Built]) -> None:
    built = build()
    assert plain(built.dataset("DM").drop(columns=["@via", "@block"])) == plain(
        frame("""
            | STUDYID | USUBJID      | SEX | @src     |
            | TINY    | TINY-12-0001 | M   | dm.csv:2 |
            | TINY    | TINY-12-0002 | F   | dm.csv:3 |
        """)
    )
    assert plain(built.dataset("VS").drop(columns=["@via", "@block"])) == plain(
        frame("""
            | STUDYID | USUBJID      | VSSEQ# | VSDTC      | VSORRES | @src     |
            | TINY    | TINY-12-0001 | 1      | 2024-03-01 | 120     | vs.csv:2 |
            | TINY    | TINY-12-0002 | 1      | 2024-03-02 | 130     | vs.csv:3 |
        """)
    )
    assert built.told() == []


def test_a_code_that_no_recode_has_is_a_finding_with_its_lines(build: Callable[..., Built]) -> None:
    built = build(forms={"dm": TINY_EXPORT["dm"].replace("| 2   |", "| 3   |")})
    (finding,) = built.result.findings
    assert finding.as_json() == {
        "rule": "MAP-UNMAPPED-CODE",
        "severity": "error",
        "dataset": "DM",
        "variable": "SEX",
        "message": "'3' is not in recode 'SEX'; left empty",
        "sources": ["dm.csv:3"],
        "rows": [],
        "spec": "specs/sdtm/dm.yaml:14",
        "mend": "correct the code in the EDC system, or add it to recode 'SEX' "
        "(specs/codelists.yaml:8)",
    }


def test_a_record_without_what_every_record_needs_is_kept_out_and_accounted(
    build: Callable[..., Built],
) -> None:
    text = VS.replace("{name: VSORRES, label: Result,", "{name: VSORRES, label: Result, core: Req,")
    forms = _vs("""
        | 0001 | 1 | 2024-03-01 | 120 |
        | 0001 | 2 | 2024-03-02 |     |
        | 0001 | 3 | 2024-03-03 | 130 |
    """)
    built = build({"sdtm/vs.yaml": text}, forms)
    assert told(built.dataset("VS")["VSORRES"]) == ["120", "130"]
    assert told(built.dataset("VS")["VSSEQ"]) == [1, 2]
    assert built.told() == [("MAP-REQUIRED-EMPTY", "error", "VS", "VSORRES", ("vs.csv:3",))]
    assert built.result.findings[0].message == (
        "no VSORRES, which every record needs; record kept out"
    )
    table = built.export.accounting.as_json(built.result.mapped)["vs"]
    assert (table["read"], table["mapped"], table["in_findings"]) == (3, 2, 1)


def test_a_record_without_a_qualifier_that_every_record_needs_stays(
    build: Callable[..., Built],
) -> None:
    text = VS.replace(
        "{name: VSORRES, label: Result,",
        "{name: VSORRES, label: Result, core: Req, role: Result Qualifier,",
    )
    assert text != VS
    built = build({"sdtm/vs.yaml": text}, _vs("| 0001 | 1 | 2024-03-01 | |"))
    assert told(built.dataset("VS")["VSORRES"]) == [""]
    assert built.told() == []


def test_a_record_without_two_of_them_is_told_once(build: Callable[..., Built]) -> None:
    text = VS.replace("label: Result,", "label: Result, core: Req,")
    text = text.replace("label: Date of Measurements,", "label: Date, core: Req,")
    built = build({"sdtm/vs.yaml": text}, _vs("| 0001 | 1 | | |\n| 0001 | 2 | 2024-03-01 | 1 |"))
    assert built.told() == [("MAP-REQUIRED-EMPTY", "error", "VS", "VSDTC", ("vs.csv:2",))]


@pytest.mark.parametrize(("core", "there"), [("Perm", False), ("Exp", True)])
def test_an_empty_variable_is_dropped_where_it_is_permissible(
    build: Callable[..., Built], core: str, there: bool
) -> None:
    text = (
        DM + f"  - {{name: RACE, label: Race, core: {core}, map: {{op: hardcode, value: null}}}}\n"
    )
    built = build({"sdtm/dm.yaml": text})
    assert ("RACE" in built.dataset("DM").columns) is there
    spec = built.result.specs["DM"]
    assert (spec.variable("RACE") is not None) is there


def test_records_stand_in_the_order_of_the_keys(build: Callable[..., Built]) -> None:
    built = build(
        forms=_vs("""
            | 0002 | 4 | 2024-03-01 | d |
            | 0001 | 3 | 2024-03-02 | c |
            | 0001 | 2 | 2024-03-01 | b |
            | 0001 | 1 | UN MAR 2024 | a |
        """)
    )
    assert told(built.dataset("VS")["VSORRES"]) == ["a", "b", "c", "d"]
    assert told(built.dataset("VS")["VSSEQ"]) == [1, 2, 3, 1]


def test_the_numbers_of_records_do_not_hang_on_the_order_of_the_export(
    build: Callable[..., Built],
) -> None:
    rows = [
        "| 0001 | 10 | 2024-03-01 | a |",
        "| 0001 | 9  | 2024-03-01 | b |",
        "| 0001 | 11 | 2024-03-01 | c |",
        "| 0002 | 12 | 2024-02-01 | d |",
    ]
    one = build(forms=_vs("\n".join(rows))).dataset("VS")
    two = build(forms=_vs("\n".join(rows[::-1]))).dataset("VS")
    assert plain(one.drop(columns="@src")) == plain(two.drop(columns="@src"))
    assert told(one["VSORRES"]) == ["b", "a", "c", "d"]


TWO_BLOCKS = VS.replace(
    "taken: {form: vs}", "b: {form: vs, where: {result: b}}\n  a: {form: vs, where: {result: a}}"
)


def test_records_alike_in_keys_and_number_stand_in_the_order_of_their_sequence(
    build: Callable[..., Built],
) -> None:
    forms = _vs("| 0001 |  | 2024-03-01 | b |\n| 0001 |  | 2024-03-01 | a |")
    layout = {"raw.yaml": LAYOUT.replace("record: record,", "")}
    built = build({"sdtm/vs.yaml": TWO_BLOCKS, **layout}, forms)
    assert told(built.dataset("VS")["VSSEQ"]) == [1, 2]


def test_a_variable_may_be_mapped_otherwise_in_each_block(build: Callable[..., Built]) -> None:
    text = TWO_BLOCKS + (
        "  - name: VSCAT\n    label: Category\n    map:\n"
        "      - {for: a, op: hardcode, value: OF A}\n"
        "      - {for: [b], op: assign, column: result}\n"
    )
    forms = _vs("| 0001 | 1 | 2024-03-01 | b |\n| 0001 | 2 | 2024-03-02 | a |")
    built = build({"sdtm/vs.yaml": text}, forms)
    assert told(built.dataset("VS")["VSCAT"]) == ["b", "OF A"]
    assert told(built.dataset("VS")["@block"]) == ["b", "a"]


HELPER = """\
dataset: XVS
label: Of VS
class: HELPER
structure: One record per measurement
keys: [USUBJID]
submit: false
records: {taken: {form: vs}}
variables:
  - {use: USUBJID}
  - {name: RESULT, label: Result, map: {op: assign, column: result}}
"""
LOOKED_UP = "  - {name: FIRST, label: First, map: {op: lookup, value: XVS.RESULT}}\n"


def test_a_helper_is_not_written_and_its_lines_are_accounted(build: Callable[..., Built]) -> None:
    specs = {"sdtm/x.yaml": HELPER, "sdtm/vs.yaml": None, "sdtm/dm.yaml": DM}
    built = build(specs)
    assert sorted(built.result.frames) == ["DM"]
    assert sorted(built.result.specs) == ["DM"]
    assert built.export.accounting.unaccounted(built.result.mapped) == {"dm": [], "vs": []}


def test_a_helper_s_record_of_two_lines_accounts_for_both() -> None:
    assert SdtmResult(helpers={"XSV": frame("| @src |\n| a:2;b:3 |")}).mapped == {"a:2", "b:3"}


def test_a_looked_up_value_names_the_line_that_it_came_from(build: Callable[..., Built]) -> None:
    built = build({"sdtm/x.yaml": HELPER, "sdtm/dm.yaml": DM + LOOKED_UP})
    dm = built.dataset("DM")
    assert told(dm["FIRST"]) == ["120", "130"]
    assert told(dm["@via"]) == ["vs.csv:2", "vs.csv:3"]
    assert told(dm["@src"]) == ["dm.csv:2", "dm.csv:3"]


LATEST = """\
  - name: RFSTDTC
    label: Start
    map: {op: latest, sources: [{dataset: VS, date: VSDTC}]}
"""


def test_values_of_two_looked_up_lines_name_both(build: Callable[..., Built]) -> None:
    built = build(
        {"sdtm/x.yaml": HELPER, "sdtm/dm.yaml": DM + LOOKED_UP + LATEST},
        _vs("| 0001 | 1 | 2024-03-01 | a |\n| 0001 | 2 | 2024-03-09 | b |"),
    )
    assert told(built.dataset("DM")["@via"]) == ["vs.csv:2;vs.csv:3", ""]


QUALIFIED = """\
qualifiers:
  - {name: WORD, label: In Words, origin: CRF, map: {op: assign, column: result}}
  - name: NOTE
    label: A Note
    origin: Derived
    map: {op: cases, cases: [{when: {result: "120"}, value: seen}]}
"""


def test_qualifiers_become_rows_of_the_supplemental_dataset(build: Callable[..., Built]) -> None:
    specs = {"sdtm/vs.yaml": VS + QUALIFIED, "sdtm/suppqual.yaml": SUPP}
    forms = _vs("""
        | 0001 | 2 | 2024-03-02 | 120 |
        | 0001 | 1 | 2024-03-01 | 130 |
        | 0002 | 3 | 2024-03-01 |     |
    """)
    built = build(specs, forms)
    rows = built.dataset("SUPPVS")
    assert set(rows["STUDYID"]) == {"TINY"}
    assert set(rows["QEVAL"]) == {""}
    assert plain(rows.drop(columns=["STUDYID", "QEVAL", "@via", "@block"])) == plain(
        frame("""
            | RDOMAIN | USUBJID      | IDVAR | IDVARVAL | QNAM | QLABEL   | QVAL | QORIG   | @src     |
            | VS      | TINY-12-0001 | VSSEQ | 1        | WORD | In Words | 130  | CRF     | vs.csv:3 |
            | VS      | TINY-12-0001 | VSSEQ | 2        | NOTE | A Note   | seen | Derived | vs.csv:2 |
            | VS      | TINY-12-0001 | VSSEQ | 2        | WORD | In Words | 120  | CRF     | vs.csv:2 |
        """)
    )
    assert "WORD" not in built.dataset("VS").columns
    assert built.result.specs["SUPPVS"].label == "Supplemental Qualifiers for VS"


def test_a_dataset_without_sequence_has_qualifiers_without_a_variable_of_reference(
    build: Callable[..., Built],
) -> None:
    ethnic = (
        "qualifiers:\n  - {name: SEEN, label: Seen, origin: CRF, map: {op: assign, column: seen}}\n"
    )
    built = build({"sdtm/dm.yaml": DM + ethnic, "sdtm/suppqual.yaml": SUPP})
    rows = built.dataset("SUPPDM")
    assert told(rows["IDVAR"]) == ["", ""]
    assert told(rows["IDVARVAL"]) == ["", ""]
    assert told(rows["QVAL"]) == ["01 MAR 2024", "02 MAR 2024"]


def test_qualifiers_without_any_value_make_no_dataset(build: Callable[..., Built]) -> None:
    none = "qualifiers:\n  - {name: NONE, label: None, map: {op: hardcode, value: null}}\n"
    built = build({"sdtm/dm.yaml": DM + none, "sdtm/suppqual.yaml": SUPP})
    assert sorted(built.result.frames) == ["DM", "VS"]


def test_the_value_of_a_numeric_qualifier_is_text(build: Callable[..., Built]) -> None:
    number = (
        "qualifiers:\n  - {name: NUM, label: N, type: float, map: {op: number, column: result}}\n"
    )
    built = build({"sdtm/vs.yaml": VS + number, "sdtm/suppqual.yaml": SUPP})
    assert told(built.dataset("SUPPVS")["QVAL"]) == ["120", "130"]


def test_a_whole_number_in_a_text_variable_has_no_decimal_point(
    build: Callable[..., Built],
) -> None:
    five = "  - {name: FIVE, label: Five, map: {op: hardcode, value: 5}}\n"
    assert told(build({"sdtm/dm.yaml": DM + five}).dataset("DM")["FIVE"]) == ["5", "5"]


def test_a_check_that_fails_is_a_finding_of_its_records(build: Callable[..., Built]) -> None:
    checks = """\
checks:
  - rule: VS-NEGATIVE
    severity: error
    message: the result is below zero
    mend: correct the result
    where: {VSDTC: {is: present}}
    test: {op: not_below, variable: VSORRES, limit: 0}
"""
    forms = _vs("""
        | 0001 | 1 | 2024-03-01 | -1 |
        | 0001 | 2 |            | -1 |
        | 0001 | 3 | 2024-03-01 | 1  |
    """)
    built = build({"sdtm/vs.yaml": VS + checks}, forms)
    assert built.told() == [("VS-NEGATIVE", "error", "VS", "VSORRES", ("vs.csv:2",))]
    (finding,) = built.result.findings
    assert (finding.message, finding.mend) == ("the result is below zero", "correct the result")
    assert finding.spec == "specs/sdtm/vs.yaml:15"


def test_a_role_that_the_export_does_not_have_stops_with_the_line_that_reads_it(
    build: Callable[..., Built],
) -> None:
    with pytest.raises(MappingError) as caught:
        build({"sdtm/vs.yaml": VS.replace("column: result", 'column: "@repeat"')})
    assert str(caught.value) == (
        "specs/sdtm/vs.yaml:13: assign reads '@repeat', which is not there; "
        "correct the name, or export the column"
    )
    assert caught.value.exit_code == 12


def test_a_form_without_rows_makes_no_dataset(build: Callable[..., Built]) -> None:
    built = build({"sdtm/dm.yaml": DM}, {"vs": HEAD})
    assert sorted(built.result.frames) == ["DM"]


def test_the_earliest_of_each_group_may_be_chosen(build: Callable[..., Built]) -> None:
    text = VS.replace("{form: vs}", '{form: vs, first: {date: taken, by: ["@key"]}}')
    forms = _vs("""
        | 0001 | 1 |            | none |
        | 0001 | 3 | 2024-03-02 | late |
        | 0001 | 4 | 2024-03-01 | four |
        | 0001 | 2 | 2024-03-01 | two  |
        | 0002 | 5 |            | only |
    """)
    assert told(build({"sdtm/vs.yaml": text}, forms).dataset("VS")["VSORRES"]) == ["two", "only"]


GATHERED = """\
dataset: SV
label: Subject Visits
class: SPECIAL-PURPOSE
structure: One record per subject per visit
keys: [USUBJID, VISIT]
records:
  visits: {gather: [{form: dm, start: seen}, {form: vs, start: taken, end: result}]}
variables:
  - {use: USUBJID}
  - {name: VISIT, label: Visit Name, map: {op: assign, column: "@folder"}}
  - {name: SVSTDTC, label: Start, map: {op: assign, column: "@start"}}
  - {name: SVENDTC, label: End, map: {op: assign, column: "@end"}}
"""


def test_a_visit_lasts_from_the_first_to_the_last_date_of_its_forms(
    build: Callable[..., Built],
) -> None:
    forms = _vs("""
        | 0001 | 1 | 2024-03-03 | 2024-03-09 |
        | 0001 | 2 | 2024-02-28 |            |
        | 0002 | 3 |            |            |
    """)
    sv = build({"sdtm/sv.yaml": GATHERED}, forms).dataset("SV")
    assert plain(sv.drop(columns=["@via", "@block"])) == plain(
        frame("""
            | USUBJID      | VISIT | SVSTDTC    | SVENDTC    | @src                       |
            | TINY-12-0001 | DAY 1 | 2024-02-28 | 2024-03-09 | dm.csv:2;vs.csv:2;vs.csv:3 |
            | TINY-12-0002 | DAY 1 | 2024-03-02 | 2024-03-02 | dm.csv:3;vs.csv:4          |
        """)
    )


def test_visits_are_gathered_without_a_form_that_is_missing(build: Callable[..., Built]) -> None:
    specs = {"sdtm/sv.yaml": GATHERED, "sdtm/vs.yaml": None}
    assert len(build(specs, {"vs": None}).dataset("SV")) == 2


def test_a_missing_form_has_no_earliest_row(build: Callable[..., Built]) -> None:
    text = VS.replace("{form: vs}", '{form: vs, first: {date: taken, by: ["@key"]}}')
    assert sorted(build({"sdtm/vs.yaml": text}, {"vs": None}).result.frames) == ["DM"]


def test_typed_rows_stand_in_the_dataset_as_the_spec_has_them(build: Callable[..., Built]) -> None:
    text = """\
dataset: TE
label: Trial Elements
class: TRIAL DESIGN
structure: One record per element
keys: [ETCD]
records:
  typed: {rows: [{code: SCRN, days: 28}, {code: FUP}]}
variables:
  - {name: ETCD, label: Element Code, core: Req, map: {op: assign, column: code}}
  - {name: TEDUR, label: Duration, core: Perm, map: {op: assign, column: days}}
"""
    te = build({"sdtm/te.yaml": text}).dataset("TE")
    assert told(te["ETCD"]) == ["FUP", "SCRN"]
    assert told(te["TEDUR"]) == ["", "28"]
    assert told(te["@src"]) == ["", ""]


TV = """\
dataset: TV
label: Trial Visits
class: TRIAL DESIGN
structure: One record per planned visit
keys: [VISITNUM]
records:
  planned: {schedule: visits, where: {planned: Y}}
variables:
  - {name: VISITNUM, label: Visit Number, type: float, core: Req, map: {op: number, column: number}}
  - {name: VISIT, label: Visit Name, core: Req, map: {op: assign, column: name}}
  - {name: VISITDY, label: Planned Study Day, type: integer, map: {op: number, column: day}}
  - {name: TVSTRL, label: Visit Start Rule, core: Req, map: {op: assign, column: starts}}
"""
VISITS = """\
visits:
  - {name: DAY 1, number: 1, starts: consent}
  - {name: "WEEK {n}", first: 4, last: 12, step: 4, base: 100, day: 29, day_step: 28, starts: "{n} weeks"}
  - {name: "EXTRA {n}", first: 1, last: 2, base: 900, planned: false}
"""


def test_the_planned_visits_of_the_schedule_become_records(build: Callable[..., Built]) -> None:
    head = TINY_SPECS["study.yaml"].split("visits:")[0]
    tv = build({"study.yaml": head + VISITS, "sdtm/tv.yaml": TV}).dataset("TV")
    assert told(tv["VISITNUM"]) == [1, 104, 108, 112]
    assert told(tv["VISIT"]) == ["DAY 1", "WEEK 4", "WEEK 8", "WEEK 12"]
    assert told(tv["VISITDY"]) == [None, 29, 57, 85]
    assert told(tv["TVSTRL"]) == ["consent", "4 weeks", "8 weeks", "12 weeks"]


RELREC = """\
dataset: RELREC
label: Related Records
class: RELATIONSHIP
structure: One record per related record
keys: [RELID, RDOMAIN]
records:
  subjects: {rows: [{of: DM}, {of: VS}], needs: [DM, VS]}
variables:
  - {name: RDOMAIN, label: Related Domain, core: Req, map: {op: assign, column: of}}
  - {name: RELID, label: Relationship, core: Req, map: {op: hardcode, value: DMVS}}
"""


def test_typed_rows_are_left_away_where_a_dataset_that_they_need_has_no_records(
    build: Callable[..., Built],
) -> None:
    without = build({"sdtm/relrec.yaml": RELREC}, {"vs": None})
    assert sorted(without.result.frames) == ["DM"]
    whole = build({"sdtm/relrec.yaml": RELREC})
    assert told(whole.dataset("RELREC")["RDOMAIN"]) == ["DM", "VS"]


def test_the_earliest_date_of_all_subjects_names_its_line(build: Callable[..., Built]) -> None:
    text = TV.replace("{schedule: visits, where: {planned: Y}}", "{rows: [{x: SSTDTC}]}")
    text = (
        text.split("variables:")[0].replace("VISITNUM", "TSVAL")
        + """\
variables:
  - name: TSVAL
    label: Value
    map: {op: earliest, sources: [{dataset: VS, date: VSDTC}]}
"""
    )
    ts = build({"sdtm/tv.yaml": text}).dataset("TV")
    assert (told(ts["TSVAL"]), told(ts["@via"])) == (["2024-03-01"], ["vs.csv:2"])


def test_a_block_with_dates_has_a_cut_off_of_its_own(build: Callable[..., Built]) -> None:
    blocks = "{first: {form: vs, dates: [taken]}, second: {form: vs, dates: [again]}}"
    text = VS.replace("records:\n  taken: {form: vs}\n", f"records: {blocks}\n")
    assert text != VS
    text = text.replace(
        "map: {op: iso8601, column: taken}",
        "map: [{for: first, op: iso8601, column: taken}, {for: second, op: iso8601, column: again}]",
    )
    raw = TINY_SPECS["raw.yaml"].replace("vs: {dates: [taken]}", "vs: {}")
    raw += "cutoff: {file: study.json, key: cutoff}\n"
    forms = {
        "study.json": '{"cutoff": "2024-03-15"}',
        "vs": """
        | study | site | subject | visit | record | active | updated | taken      | again      | result |
        | TINY  | 12   | 0001    | DAY 1 | 1      | 1      |         | 2024-03-01 | 2024-03-20 | 120    |
        | TINY  | 12   | 0001    | DAY 1 | 2      | 1      |         | 2024-03-16 | 2024-03-21 | 130    |
        | TINY  | 12   | 0001    | DAY 1 | 3      | 1      |         | 2024-03    |            | 140    |
        """,
    }
    built = build({"sdtm/vs.yaml": text, "raw.yaml": raw}, forms)
    assert told(built.dataset("VS")["VSDTC"]) == ["", "2024-03", "2024-03-01"]
    late = [f.sources for f in built.result.findings if f.rule == "RAW-AFTER-CUTOFF"]
    assert late == [("vs.csv:3",), ("vs.csv:2",), ("vs.csv:3",)]
    table = built.export.accounting.as_json(built.result.mapped)["vs"]
    assert (table["mapped"], table["excluded"]) == (2, {"after_cutoff": 1})
