"""Files that look like specs and are not read, and files that cannot be read, are told alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Faults = Callable[[Mapping[str, str | None]], list[str]]


def test_a_spec_by_a_name_that_is_not_read_is_a_fault(faults: Faults) -> None:
    text = "dataset: AE\n"
    assert faults({"sdtm/ae.yml": text, "adam/adae.YAML": text, "ae.yaml": text}) == [
        "specs/adam/adae.YAML:1: only *.yaml is read from here, not *.YAML",
        "specs/ae.yaml:1: no spec of this name is read from here",
        "specs/sdtm/ae.yml:1: only *.yaml is read from here, not *.yml",
    ]


def test_a_name_that_is_nearly_one_of_the_specs_is_told_with_it(faults: Faults) -> None:
    assert faults({"codelist.yml": "codelists: {}\n"}) == [
        "specs/codelist.yml:1: no spec of this name is read from here; "
        "did you mean 'codelists.yaml'?"
    ]


def test_of_a_file_that_cannot_be_read_no_further_faults_are_told(faults: Faults) -> None:
    # without raw.yaml there would be no form and no column for any domain
    assert faults({"raw.yaml": "columns:\n\tsubject: subject\n"}) == [
        "specs/raw.yaml:2: not YAML: a tab at the start of the line; indent with blanks"
    ]
