"""Every operation of the SDTM mapping does what its drawn cases say."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cdisc_hai.mapping import Mapped
from cdisc_hai.metadata.model import Step
from cdisc_hai.metadata.words.sentence import asked, given_value
from cdisc_hai.registry import operations
from tests.drawn import frame, told
from tests.mapping import check_cases, row_cases, text_cases, whole_cases
from tests.mapping.case import Case, told_problems

CASES = (*row_cases.CASES, *text_cases.CASES, *whole_cases.CASES, *check_cases.CASES)
SOUND = [case for case in CASES if not case.bug]


def _params(cases: Iterable[Case]) -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case.op}: {case.sentence}",
            marks=pytest.mark.xfail(strict=True, reason=case.bug) if case.bug else (),
        )
        for case in cases
    ]


def test_every_registered_operation_of_sdtm_has_a_case() -> None:
    registered = {
        operation.name
        for operation in operations().values()
        if operation.stage in ("row", "whole", "check")
    }
    assert registered - {case.op for case in CASES} == set()


def test_the_sentence_of_every_operation_names_only_its_parameters() -> None:
    for operation in operations().values():
        outside, inside = asked(operation.sentence)
        assert outside | inside <= set(operation.params), operation.name


def test_the_sentence_of_every_operation_needs_only_what_specs_surely_give() -> None:
    for operation in operations().values():
        outside, _ = asked(operation.sentence)
        step = Step(operation.name, {}, "")
        for name in outside:
            sure = operation.params[name].required or given_value(operation, step, name) is not None
            assert sure, f"{operation.name}: {{{name}}} is to stand in square brackets"


@pytest.mark.parametrize("case", _params(CASES))
def test_an_operation_gives_the_drawn_answer(case: Case) -> None:
    rows = case.rows()
    answer = case.answer(rows)
    assert told(answer) == case.expected()
    assert list(answer.index) == list(rows.index)


@pytest.mark.parametrize("case", _params(SOUND))
def test_an_operation_tells_the_problems_of_its_rows_and_no_others(case: Case) -> None:
    assert told_problems(case.call(case.rows())) == case.problems


@pytest.mark.parametrize("case", _params(c for c in SOUND if "<=" in c.drawing))
def test_an_operation_that_reads_other_records_names_their_lines(case: Case) -> None:
    mapped = case.call(case.rows())
    assert isinstance(mapped, Mapped)
    assert mapped.sources is not None
    assert told(mapped.sources) == told(frame(case.drawing)["<="])


@pytest.mark.parametrize("case", _params(SOUND))
def test_an_operation_leaves_the_rows_that_it_reads_as_they_are(case: Case) -> None:
    rows = case.rows()
    before = rows.copy(deep=True)
    case.call(rows)
    assert rows.equals(before)


@pytest.mark.parametrize("case", _params(SOUND))
def test_a_row_has_its_answer_wherever_it_stands(case: Case) -> None:
    assert told(case.answer(case.rows()[::-1])[::-1]) == case.expected()


@pytest.mark.parametrize("case", _params(SOUND))
def test_an_operation_gives_nothing_for_no_rows(case: Case) -> None:
    given = case.call(case.rows().head(0))
    values = given.values if isinstance(given, Mapped) else given
    assert len(values) == 0
    assert told_problems(given) == ()


@pytest.mark.filterwarnings("error")
def test_a_source_without_records_leans_on_nothing_that_pandas_will_forbid() -> None:
    bare = {"EX": "| USUBJID | EXSTDTC | @src |"}
    sources = [{"dataset": "EX", "date": "EXSTDTC"}]
    case = Case("latest", "", "| USUBJID | => |\n| 1 |  |", {"sources": sources}, bare)
    assert told(case.answer(case.rows())) == [""]
