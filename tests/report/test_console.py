"""What a command says at its end, in full."""

from cdisc_hai.errors import Fault, RawError, SpecError
from cdisc_hai.findings import Finding
from cdisc_hai.report.console import fault_text, findings_lines, summary
from cdisc_hai.report.lines import DatasetLine


def dataset(name, records):
    return DatasetLine(name, "A label", records, 10, f"sdtm/{name.lower()}.xpt")


def errors(**rules):
    return [Finding(rule, "error", f"m{n}") for rule, most in rules.items() for n in range(most)]


def test_a_build_ends_with_its_datasets_its_findings_and_where_to_look():
    text = summary(
        datasets=[dataset("AE", 1203), dataset("SUPPAE", 40), dataset("ADSL", 1)],
        findings=(*errors(A=1, B=3, C=2, D=2, E=1), Finding("N", "note", "m")),
        where=[("findings", "out/findings.html"), ("Define-XML", "out/define.xml")],
    )
    assert (
        text
        == """\
3 datasets, 1,244 records
  AE      1,203    SUPPAE     40    ADSL        1

10 findings
  error    9  B 3, C 2, D 2, 2 more rules
  warning  0
  note     1

Where to look
  findings    out/findings.html
  Define-XML  out/define.xml"""
    )


def test_datasets_are_read_down_the_columns():
    text = summary(datasets=[dataset(f"D{n}", n) for n in range(1, 11)], findings=(), where=())
    assert text.splitlines()[:3] == [
        "10 datasets, 55 records",
        "  D1    1    D3    3    D5    5    D7    7    D9    9",
        "  D2    2    D4    4    D6    6    D8    8    D10  10",
    ]


def test_the_summary_of_60_datasets_has_at_most_40_short_lines():
    lines = summary(
        datasets=[dataset(f"SUPPAB{n}", 1_234_567) for n in range(10, 70)],
        findings=tuple(errors(**{f"RULE-{n}": 5 for n in range(30)})),
        where=[("findings", "out/findings.html")] * 6,
    ).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_a_summary_without_anything_still_says_so():
    assert (
        summary(datasets=[], findings=(), where=())
        == """\
0 datasets, 0 records

0 findings
  error    0
  warning  0
  note     0"""
    )


def test_of_specs_every_fault_is_told_after_their_number():
    error = SpecError([Fault("b.yaml", 12, "no operation 'asign_ct'"), Fault("a.yaml", 3, "no x")])
    assert (
        fault_text(error)
        == """\
2 faults in the specs:
  a.yaml:3: no x
  b.yaml:12: no operation 'asign_ct'"""
    )


def test_another_error_says_its_own_words():
    assert fault_text(RawError("no folder 'raw'; name it with --raw")) == (
        "no folder 'raw'; name it with --raw"
    )


def test_an_error_without_words_says_its_name():
    assert fault_text(RawError()) == "RawError"


def test_a_finding_is_one_line():
    finding = Finding(
        "CONTRACT-TERM",
        "error",
        "'XX' is not\na term",
        "TR",
        "TRTESTCD",
        ("tl.csv:57",),
        (3, 7),
        mend="correct it",
    )
    assert findings_lines([finding]) == (
        "error CONTRACT-TERM TR.TRTESTCD rows 3, 7: 'XX' is not a term (tl.csv:57) - correct it"
    )


def test_a_finding_leaves_out_what_it_does_not_know():
    findings = [Finding("A", "note", "bare"), Finding("B", "note", "one", "DM", rows=(1234,))]
    assert findings_lines(findings) == "note A: bare\nnote B DM row 1234: one"


def test_a_finding_with_many_rows_and_sources_names_the_first():
    finding = Finding(
        "A", "note", "m", "LB", "", tuple(f"lb.csv:{n}" for n in range(2, 7)), tuple(range(1, 9))
    )
    assert findings_lines([finding]) == (
        "note A LB rows 1, 2, 3, 4, 5 and 3 more: m (lb.csv:2, lb.csv:3, lb.csv:4 and 2 more)"
    )


def test_findings_beyond_the_limit_are_counted():
    findings = [*errors(A=3), Finding("N", "note", "m")]
    assert findings_lines(findings, limit=1) == (
        "error A: m0\n... and 3 more findings: 2 errors, 1 note"
    )


def test_no_findings_is_said():
    assert findings_lines([]) == "no findings"
