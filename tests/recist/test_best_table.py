"""The array form of the best responses gives what the scalar form gives."""

import random
from dataclasses import dataclass

import numpy as np
import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.best import Best, best_response, confirmed_response
from cdisc_hai.recist.best_table import (
    BestTable,
    best_response_table,
    confirmed_response_table,
)
from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.terms import TERMS, Code, decode, encode
from cdisc_hai.recist.window import Assessment, worst_of_day
from cdisc_hai.recist.window_table import worst_of_day_rows

SUBJECTS = 10_000
RESPONSES = ("CR", "CR", "PR", "PR", "PR", "SD", "SD", "NON-CR/NON-PD", "NE", "NE", "PD", "NED")
POLICIES = {
    "usual": Policy(minimum_sd_days=6, confirmation_days=4),
    "ignore": Policy(minimum_sd_days=6, confirmation_days=4, lesser_after_cr="ignore"),
    "strict": Policy(minimum_sd_days=0, confirmation_days=5, max_ne_between=0, sd_between_pr=False),
    "both": Policy(
        minimum_sd_days=9, confirmation_days=0, max_ne_between=2,
        sd_between_pr=False, lesser_after_cr="ignore",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One subject: days crowd around the borders, so that equal days and limits are common."""

    assessments: tuple[Assessment, ...]
    start: int | None
    new_therapy: int | None
    resection: int | None


def draw(dice: random.Random) -> Case:
    days = [dice.randint(-2, 16) for _ in range(dice.choice((0, 1, 2, 3, 4, 5, 7, 9)))]
    return Case(
        tuple(Assessment(day, dice.choice(RESPONSES)) for day in days),
        None if dice.random() < 0.02 else 0,
        dice.randint(0, 16) if dice.random() < 0.3 else None,
        dice.randint(-1, 16) if dice.random() < 0.3 else None,
    )


def study(seed: int) -> tuple[list[Case], dict[str, object]]:
    """Cases, and the same as arrays, rows shuffled over all subjects."""
    dice = random.Random(seed)
    cases = [draw(dice) for _ in range(SUBJECTS)]
    rows = [(who, one) for who, case in enumerate(cases) for one in case.assessments]
    dice.shuffle(rows)
    numbered: list[list[Assessment]] = [[] for _ in cases]
    for row, (who, one) in enumerate(rows):
        numbered[who].append(Assessment(one.day, one.response, row))
    cases = [
        Case(tuple(numbers), case.start, case.new_therapy, case.resection)
        for numbers, case in zip(numbered, cases, strict=True)
    ]
    return cases, {
        "subject": np.array([who for who, _ in rows]),
        "day": np.array([one.day for _, one in rows]),
        "response": encode(one.response for _, one in rows),
        "start": days(case.start for case in cases),
        "new_therapy": days(case.new_therapy for case in cases),
        "resection": days(case.resection for case in cases),
        "n_subjects": len(cases),
    }


def days(values: object) -> np.ndarray:
    return np.array([np.nan if day is None else day for day in values])


def scalar(case: Case, confirmed: bool, policy: Policy) -> tuple[object, ...]:
    if case.start is None:
        return ("MISSING", None, -1, -1, "no assessment in the window: MISSING")
    answer = confirmed_response if confirmed else best_response
    found: Best = answer(
        case.assessments, start=case.start, policy=policy,
        new_therapy=case.new_therapy, resection=case.resection,
    )  # fmt: skip
    none = -1
    return (
        found.response,
        found.day,
        none if found.ref is None else found.ref,
        none if found.first_responder_ref is None else found.first_responder_ref,
        found.reason,
    )


def rows_of(table: BestTable) -> list[tuple[object, ...]]:
    when = [None if np.isnan(day) else int(day) for day in table.day]
    columns = (decode(table.response), when, table.row, table.first_responder, table.reason)
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("name", POLICIES)
def test_ten_thousand_random_subjects_have_the_same_best_responses_in_both_forms(name: str) -> None:
    policy = POLICIES[name]
    cases, arrays = study(seed=sum(map(ord, name)))
    for confirmed, answer in ((False, best_response_table), (True, confirmed_response_table)):
        found = rows_of(answer(**arrays, policy=policy))
        assert found == [scalar(case, confirmed, policy) for case in cases]


def test_the_worst_of_each_day_is_the_same_in_both_forms() -> None:
    cases, arrays = study(seed=11)
    counts = worst_of_day_rows(arrays["subject"], arrays["day"], arrays["response"])
    expected = {one.ref for case in cases for one in worst_of_day(case.assessments)}
    assert set(np.flatnonzero(counts)) == expected


def test_a_study_without_assessments_has_only_missing() -> None:
    nothing = np.array([], dtype=int)
    found = best_response_table(
        nothing, nothing, nothing, start=[0, 0], new_therapy=[np.nan, np.nan],
        resection=[np.nan, np.nan], n_subjects=2, policy=POLICIES["usual"],
    )  # fmt: skip
    assert list(found.response) == [Code.MISSING, Code.MISSING]
    assert list(found.row) == [-1, -1]


def test_an_assessment_without_a_day_enters_no_window() -> None:
    found = best_response_table(
        [0, 0], [np.nan, 50], [Code.CR, Code.SD], start=[0], new_therapy=[np.nan],
        resection=[np.nan], n_subjects=1, policy=POLICIES["usual"],
    )  # fmt: skip
    assert (found.response[0], found.row[0]) == (Code.SD, 1)


@pytest.mark.parametrize(
    ("subject", "response"), [([-1], [Code.CR]), ([1], [Code.CR]), ([0], [Code.NA]), ([0, 0], [1])]
)
def test_arrays_that_do_not_fit_are_refused(subject: list[int], response: list[int]) -> None:
    with pytest.raises(DerivationError):
        best_response_table(
            subject, [1] * len(subject[:1]), response, start=[0], new_therapy=[np.nan],
            resection=[np.nan], n_subjects=1, policy=POLICIES["usual"],
        )  # fmt: skip


def test_terms_and_codes_are_two_ways_to_say_the_same() -> None:
    assert list(decode(encode(TERMS))) == list(TERMS)
    assert [TERMS[code].replace("/", "_").replace("-", "_") for code in Code][1:] == [
        code.name for code in Code
    ][1:]


def test_a_word_that_is_no_response_has_no_code() -> None:
    with pytest.raises(DerivationError, match=r"no response: RP; known: CR, PR"):
        encode(["CR", "RP"])
