"""What the reports say in one line."""

import pytest

from cdisc_hai.findings import Finding
from cdisc_hai.report.lines import counted, form_lines, place, rule_groups, total_line


@pytest.mark.parametrize(
    ("dataset", "variable", "said"),
    [("TR", "TRTESTCD", "TR.TRTESTCD"), ("TR", "", "TR"), ("", "item", "item"), ("", "", "")],
)
def test_a_place_is_as_much_as_the_finding_knows(dataset, variable, said):
    assert place(Finding("R", "note", "m", dataset, variable)) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 errors"), (1, "1 error"), (1200, "1,200 errors")]
)
def test_one_is_singular(number, said):
    assert counted(number, "error") == said


def test_a_group_names_its_datasets_once_in_order():
    findings = [Finding("R", "note", "m", name) for name in ("TR", "", "DM", "TR")]
    assert [group.datasets for group in rule_groups(findings)] == [("DM", "TR")]


def test_no_forms_add_up_to_nothing():
    assert (form_lines({}), total_line(()).read) == (((), ()), 0)


@pytest.mark.parametrize("line", [{"read": "many"}, {"excluded": 3}])
def test_what_is_no_accounting_is_an_error(line):
    with pytest.raises(TypeError, match=r"'(read|excluded)' is a"):
        form_lines({"scan": line})
