"""findings.json: the very text."""

from cdisc_hai.findings import Finding
from cdisc_hai.report.findings_json import findings_json

FINDING = Finding(
    "R-1", "error", "值 is wrong", "TR", "TRORRES", ("a.csv:2",), (1,), "s.yaml:3", "mend"
)


def test_a_finding_and_the_accounting_are_written_in_full():
    accounting = {"b": {"read": 1, "mapped": 1}, "a": {"read": 2, "mapped": 2}}
    assert (
        findings_json([FINDING], accounting)
        == """\
{
 "findings": [
  {
   "rule": "R-1",
   "severity": "error",
   "dataset": "TR",
   "variable": "TRORRES",
   "message": "值 is wrong",
   "sources": [
    "a.csv:2"
   ],
   "rows": [
    1
   ],
   "spec": "s.yaml:3",
   "mend": "mend"
  }
 ],
 "accounting": {
  "a": {
   "read": 2,
   "mapped": 2
  },
  "b": {
   "read": 1,
   "mapped": 1
  }
 }
}
"""
    )


def test_without_an_export_the_accounting_is_empty():
    assert findings_json([], None) == '{\n "findings": [],\n "accounting": {}\n}\n'


def test_the_same_findings_give_the_same_text():
    assert findings_json(iter([FINDING]), {}) == findings_json((FINDING,), None)
