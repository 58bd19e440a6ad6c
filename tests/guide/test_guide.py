"""The guides' facts: own variables, those of the model, and ADaM names with indexes."""

import pytest

from cdisc_hai.guide import adam_guide, same_class, sdtm_guide

SDTM, ADAM = sdtm_guide(), adam_guide()
assert SDTM is not None and ADAM is not None


@pytest.mark.parametrize(
    ("dataset", "name", "label", "type_", "role", "core", "codelists"),
    [
        ("TR", "TRLNKID", "Link ID", "Char", "Identifier", "Exp", ()),
        (
            "TR",
            "TRTESTCD",
            "Tumor/Lesion Assessment Short Name",
            "Char",
            "Topic",
            "Req",
            ("C96779",),
        ),
        ("DM", "AGE", "Age", "Num", "Record Qualifier", "Exp", ()),
        ("SUPPAE", "QVAL", "Data Value", "Char", "Result Qualifier", "Req", ()),
        # of the model, not of the domain in the guide
        ("AE", "AELNKID", "Link ID", "Char", "Identifier", "Perm", ()),
        ("TR", "TRTPT", "Planned Time Point Name", "Char", "Timing", "Perm", ()),
        ("CM", "POOLID", "Pool Identifier", "Char", "Identifier", "Perm", ()),
    ],
)
def test_a_variable_of_a_domain_is_known_with_what_the_guide_says(
    dataset: str,
    name: str,
    label: str,
    type_: str,
    role: str,
    core: str,
    codelists: tuple[str, ...],
) -> None:
    found = SDTM.variable(dataset, name)
    assert found is not None
    assert found.name == name
    assert (found.label, found.type, found.role, found.core) == (label, type_, role, core)
    assert found.codelists == codelists


@pytest.mark.parametrize(("dataset", "name"), [("AE", "AEFOO"), ("DM", "DMCAT"), ("AE", "CMTRT")])
def test_a_variable_that_neither_domain_nor_class_has_is_not_known(dataset: str, name: str) -> None:
    assert SDTM.variable(dataset, name) is None


def test_a_domain_of_the_sponsor_is_judged_by_its_class() -> None:
    found = SDTM.variable("XH", "XHTESTCD", "FINDINGS")
    assert found is not None and found.label == "Short Name of Measurement, Test, or Exam"
    assert SDTM.variable("XH", "XHTRT", "FINDINGS") is None
    assert SDTM.variable("XH", "XHTESTCD") is None


def test_a_dataset_has_its_label_class_and_variables_in_the_guides_order() -> None:
    found = SDTM.dataset("RELREC")
    assert found is not None
    assert (found.label, found.klass) == ("Related Records", "Relationship")
    assert list(found.variables) == [
        "STUDYID", "RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "RELTYPE", "RELID",
    ]  # fmt: skip
    assert [v.order for v in found.variables.values()] == [1, 2, 3, 4, 5, 6, 7]
    assert [v.name for v in found.having("Req")] == ["STUDYID", "RDOMAIN", "IDVAR", "RELID"]


@pytest.mark.parametrize(
    ("klass", "name", "label", "core"),
    [
        ("SUBJECT LEVEL ANALYSIS DATASET", "TRT01P", "Planned Treatment for Period 01", "Req"),
        ("SUBJECT LEVEL ANALYSIS DATASET", "AGEGR1N", "Pooled Age Group 1 (N)", "Perm"),
        ("SUBJECT LEVEL ANALYSIS DATASET", "P02S3SDT", "Period 02 Subperiod 3 Start Date", "Perm"),
        ("BASIC DATA STRUCTURE", "ANL01FL", "Analysis Flag 01", "Cond"),
        ("BASIC DATA STRUCTURE", "TRTSDT", "Date of First Exposure to Treatment", "Cond"),
        ("BASIC DATA STRUCTURE", "CRIT12FL", "Criterion 12 Evaluation Result Flag", "Cond"),
    ],
)
def test_indexes_of_an_adam_name_are_filled_into_its_label(
    klass: str, name: str, label: str, core: str
) -> None:
    found = ADAM.variable(klass, name)
    assert found is not None and (found.label, found.core) == (label, core)


@pytest.mark.parametrize(
    ("klass", "name"),
    [
        ("SUBJECT LEVEL ANALYSIS DATASET", "TRT1P"),
        ("SUBJECT LEVEL ANALYSIS DATASET", "TRT00P"),
        ("SUBJECT LEVEL ANALYSIS DATASET", "PARAMCD"),
        ("BASIC DATA STRUCTURE", "CRIT0FL"),
        ("BASIC DATA STRUCTURE", "AVALU"),
    ],
)
def test_a_name_whose_index_or_structure_does_not_fit_is_not_known(klass: str, name: str) -> None:
    assert ADAM.variable(klass, name) is None


def test_the_ending_of_an_own_timing_variable_tells_its_type() -> None:
    found = ADAM.suffix("NACTSDTM")
    assert found is not None and (found.name, found.type) == ("*SDTM", "Num")
    assert ADAM.suffix("NACTFL") is None


def test_a_copied_name_has_one_label_or_none() -> None:
    term, number = SDTM.named("AEDECOD"), SDTM.named("VISITNUM")
    assert term is not None and term.label == "Dictionary-Derived Term"
    assert number is not None and number.label == "Visit Number"
    assert SDTM.named("NOTHING") is None


def test_an_unknown_version_has_no_facts() -> None:
    assert sdtm_guide("3.9") is None
    assert adam_guide("9.9") is None


def test_classes_are_compared_without_case_and_hyphen() -> None:
    assert same_class("SPECIAL PURPOSE", "Special-Purpose")
    assert same_class("SUBJECT LEVEL ANALYSIS DATASET", "Subject-Level Analysis Dataset")
    assert not same_class("EVENTS", "FINDINGS")


def test_a_comment_goes_on_in_numbered_variables() -> None:
    guide = sdtm_guide()
    assert guide is not None
    found = guide.variable("CO", "COVAL2")

    assert found is not None
    assert (found.label, found.core) == ("Comment 2", "Perm")
    assert guide.variable("CO", "COVAL0") is None
    assert guide.variable("AE", "COVAL1") is None
