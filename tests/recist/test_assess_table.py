"""The array form of ``assess`` gives what the scalar form gives."""

import random
from dataclasses import replace

import numpy as np
import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.assess import assess
from cdisc_hai.recist.assess_table import assess_table
from cdisc_hai.recist.lesions import (
    Baseline,
    Lesion,
    NewLesion,
    NonTargetValue,
    TargetValue,
    Visit,
    VisitResult,
)
from cdisc_hai.recist.nontarget import new_lesion_days
from cdisc_hai.recist.nontarget_table import new_lesion_days_table
from cdisc_hai.recist.policy import RECIST_1_1, Policy
from cdisc_hai.recist.reason_table import reasons
from cdisc_hai.recist.rows import (
    NONTARGET_STATES,
    TARGET_STATES,
    Lesions,
    NewRows,
    NonTargetRows,
    TargetCode,
    TargetRows,
    Visits,
    hundredths,
)
from cdisc_hai.recist.terms import TERMS, Code, decode
from cdisc_hai.recist.visit_table import explain

SUBJECTS = 10_000
POLICY = Policy(minimum_sd_days=0, confirmation_days=0)
POLICIES = {
    "usual": POLICY,
    "other": replace(POLICY, missing_as_ne=False, reappearance_is_pd=False),
}
# Sizes that meet the borders: 14.0 to 9.8, 27.0 to 32.4, 3.2 to 8.2, 10 mm of a node, from 0.
SIZES = (0, 0, 1, 320, 499, 500, 501, 820, 819, 980, 981, 999, 1000, 1400, 2700, 3239, 3240)
Subject = tuple[Baseline, tuple[Visit, ...]]


def draw(dice: random.Random) -> Subject:
    """Few lesions and few states, so that CR, reappearance and equal days come often."""
    targets = tuple(
        Lesion(f"T{n}", nodal=dice.random() < 0.4) for n in range(dice.choice((0, 1, 1, 2, 3)))
    )
    nontargets = tuple(
        Lesion(f"N{n}", nodal=dice.random() < 0.4) for n in range(dice.choice((0, 0, 1, 2)))
    )
    sizes = dice.choice((SIZES, SIZES, (0, 500, 1000), (1400, 2700, 3240)))
    start = tuple(
        TargetValue(lesion.name, "measured", dice.choice(SIZES[5:]))
        for lesion in targets
        if dice.random() < 0.98
    )
    days = sorted(dice.randint(0, 9) for _ in range(dice.choice((0, 1, 2, 3, 4, 6))))
    visits = tuple(
        Visit(
            day,
            draw_targets(dice, targets, sizes),
            draw_nontargets(dice, nontargets),
            draw_new(dice, day) if dice.random() < 0.12 else (),
            sum_day=dice.choice((None, None, day, day - 1, day - 3)),
        )
        for day in days
    )
    return Baseline(targets, start, nontargets), visits


def draw_targets(
    dice: random.Random, targets: tuple[Lesion, ...], sizes: tuple[int, ...]
) -> tuple[TargetValue, ...]:
    found = []
    for lesion in (*targets, Lesion("unknown")):
        state = dice.choices(TARGET_STATES, (60, 5, 25, 3, 4, 4))[0]
        size = dice.choice((*sizes, *sizes, None, -1)) if state == "measured" else None
        parts = tuple(dice.choice((*sizes, 700, -1)) for _ in range(dice.randint(1, 3)))
        host = dice.choice((*targets, Lesion("unknown"))).name
        if dice.random() < (0.96 if lesion in targets else 0.1):
            fragments = parts if state == "split" else ()
            found.append(TargetValue(lesion.name, state, size, fragments, host))
    dice.shuffle(found)
    return tuple(found)


def draw_nontargets(dice: random.Random, lesions: tuple[Lesion, ...]) -> tuple[NonTargetValue, ...]:
    return tuple(
        NonTargetValue(
            lesion.name,
            dice.choices(NONTARGET_STATES, (35, 55, 5, 5))[0],
            dice.choice((None, None, 0, 999, 1000)),
        )
        for lesion in (*lesions, Lesion("unknown"))
        if dice.random() < 0.95
    )


def draw_new(dice: random.Random, day: int) -> tuple[NewLesion, ...]:
    return tuple(
        NewLesion(name, dice.random() < 0.6, dice.choice((None, day, day - 2, day + 1)))
        for name in dice.choice((("A",), ("B",), ("A", "B")))
    )


class Study:
    """Subjects as arrays, the rows of lesions in reverse: their order must not matter."""

    def __init__(self, subjects: list[Subject]) -> None:
        self.visits = [(who, one) for who, (_, visits) in enumerate(subjects) for one in visits]
        self.targets = self.numbers([baseline.targets for baseline, _ in subjects])
        self.nontargets = self.numbers([baseline.nontargets for baseline, _ in subjects])
        self.nodal = {
            kind: [lesion.nodal for baseline, _ in subjects for lesion in getattr(baseline, kind)]
            for kind in ("targets", "nontargets")
        }
        self.baseline = self.target_rows(
            [(who, who, value) for who, (b, _) in enumerate(subjects) for value in b.values]
        )
        self.new = {}
        for who, visit in self.visits:
            for one in visit.new:
                self.new.setdefault((who, one.lesion), len(self.new))

    @staticmethod
    def numbers(chosen: list[tuple[Lesion, ...]]) -> dict[tuple[int, str], int]:
        keys = [(who, lesion.name) for who, lesions in enumerate(chosen) for lesion in lesions]
        return {key: number for number, key in enumerate(keys)}

    def target_rows(self, values: list[tuple[int, int, TargetValue]]) -> TargetRows:
        rows = []
        for at, who, value in values:
            lesion = self.targets.get((who, value.lesion), -1)
            host = self.targets.get((who, value.host), -1)
            for part in value.fragments or (value.size,):
                size = -1 if part is None else part
                rows.append((at, lesion, TARGET_STATES.index(value.state), size, host))
        return TargetRows(*columns(rows[::-1], 5))

    def arrays(self) -> dict[str, object]:
        seen = [
            (v, who, value) for v, (who, one) in enumerate(self.visits) for value in one.targets
        ]
        others = [
            (v, self.nontargets.get((who, value.lesion), -1),
             NONTARGET_STATES.index(value.state), -1 if value.size is None else value.size)
            for v, (who, one) in enumerate(self.visits) for value in one.nontargets
        ]  # fmt: skip
        return {
            "visits": Visits(
                [who for who, _ in self.visits],
                [one.day for _, one in self.visits],
                [one.day if one.sum_day is None else one.sum_day for _, one in self.visits],
            ),
            "targets": Lesions([who for who, _ in self.targets], self.nodal["targets"]),
            "baseline": self.baseline,
            "target_rows": self.target_rows(seen),
            "nontargets": Lesions([who for who, _ in self.nontargets], self.nodal["nontargets"]),
            "nontarget_rows": NonTargetRows(*columns(others[::-1], 4)),
            "new_rows": self.new_rows(),
        }

    def new_rows(self) -> NewRows:
        rows = [
            (v, self.new[who, one.lesion], one.equivocal, np.nan if one.day is None else one.day)
            for v, (who, visit) in enumerate(self.visits)
            for one in visit.new
        ]
        return NewRows(*columns(rows, 4))


def columns(rows: list[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def figures(result: VisitResult) -> tuple[object, ...]:
    def number(size: int | None) -> int:
        return -1 if size is None else size

    return (
        number(result.sum), result.complete, number(result.nadir), number(result.baseline_sum),
        result.target, result.nontarget, result.new, result.overall, result.decides_depth,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "seed"), [("usual", 1), ("usual", 2), ("other", 3), ("other", 4)])
def test_random_subjects_have_the_same_results_in_both_forms(name: str, seed: int) -> None:
    dice = random.Random(seed)
    subjects = [draw(dice) for _ in range(SUBJECTS)]
    table = assess_table(**Study(subjects).arrays(), policy=POLICIES[name])
    results = [one for who in subjects for one in assess(*who, policy=POLICIES[name])]
    found = zip(
        table.sum, table.complete, table.nadir, table.baseline_sum, decode(table.target),
        decode(table.nontarget), table.new, decode(table.overall), table.decides_depth, strict=True,
    )  # fmt: skip
    assert list(found) == [figures(result) for result in results]
    told = reasons(table)
    for row in range(0, len(results), 20):
        assert told[row] == explain(table, row)
        assert told[row].split("; non-target")[0] in results[row].reason


def test_the_random_subjects_meet_every_response_and_disease_seen_again() -> None:
    dice = random.Random(1)
    subjects = [draw(dice) for _ in range(SUBJECTS)]
    table = assess_table(**Study(subjects).arrays(), policy=POLICY)
    assert set(decode(table.target)) == {"CR", "PR", "SD", "PD", "NE", "NA"}
    assert set(decode(table.overall)) == {"CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "NED"}
    assert (table.after_cr & table.seen).sum() > 50
    assert (~table.complete & (table.target == Code.PD)).sum() > 50


def test_first_days_of_new_lesions_are_the_same_in_both_forms() -> None:
    dice = random.Random(5)
    subjects = [draw(dice) for _ in range(SUBJECTS)]
    study = Study(subjects)
    arrays = study.arrays()
    days = new_lesion_days_table(arrays["new_rows"], arrays["visits"])
    expected = {
        (who, lesion): day
        for who, (_, visits) in enumerate(subjects)
        for lesion, day in new_lesion_days(visits).items()
    }
    assert {key: days[n] for key, n in study.new.items() if not np.isnan(days[n])} == expected


def one_target(**changes: object) -> dict[str, object]:
    """A subject with one target of 40 mm, and 46 mm at the only visit, where 38 was the nadir."""
    nothing: list[int] = []
    return {
        "visits": Visits([0, 0], [50, 100], [50, 100]),
        "targets": Lesions([0], [False]),
        "baseline": TargetRows([0], [0], [TargetCode.MEASURED], [4000], [-1]),
        "target_rows": TargetRows(
            [0, 1], [0, 0], [TargetCode.MEASURED] * 2, [3800, 4600], [-1, -1]
        ),
        "nontargets": Lesions(nothing, nothing),
        "nontarget_rows": NonTargetRows(nothing, nothing, nothing, nothing),
        "new_rows": NewRows(nothing, nothing, nothing, nothing),
        **changes,
    }


def test_a_visit_of_the_table_explains_itself() -> None:
    table = assess_table(**one_target(), criteria=RECIST_1_1, policy=POLICY)
    assert [TERMS[code] for code in table.overall] == ["SD", "PD"]
    assert explain(table, 1) == (
        "sum 46 mm, nadir 38 mm: +21.1 %, +8 mm: PD; non-target NA; overall PD"
    )


@pytest.mark.parametrize("size", [4559, 4560, 4561, 2659, 2660, 2661, 3800, 0])
def test_a_percentage_near_a_limit_has_the_digits_that_tell_it_from_the_limit(size: int) -> None:
    state = [TargetCode.MEASURED] * 2
    rows = TargetRows([0, 1], [0, 0], state, [3800, size], [-1, -1])
    table = assess_table(**one_target(target_rows=rows), policy=POLICY)
    assert reasons(table).tolist() == [explain(table, 0), explain(table, 1)]


def test_a_study_without_visits_has_an_empty_answer() -> None:
    empty = {"visits": Visits([], [], []), "target_rows": TargetRows([], [], [], [], [])}
    table = assess_table(**one_target(**empty), policy=POLICY)
    assert (len(table.overall), len(reasons(table))) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"visits": Visits([0, 0], [100, 50], [100, 50])}, "sorted by subject and day"),
        ({"visits": Visits([1, 0], [50, 100], [50, 100])}, "sorted by subject and day"),
        ({"visits": Visits([0, 0], [50, np.nan], [50, np.nan])}, "without a day"),
        ({"visits": Visits([0, 1], [50, 100], [50, 100])}, "visit of another subject"),
        ({"target_rows": TargetRows([0, 0], [0, 0], [0, 1], [1, 1], [-1, -1])}, "two values"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(DerivationError, match=message):
        assess_table(**one_target(**changes), policy=POLICY)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(DerivationError, match="columns of Visits differ in length"):
        Visits([0, 0], [1], [1])


def test_millimetres_become_whole_hundredths_exactly() -> None:
    sizes = [14.0, 9.8, 32.4, 8.2, 0.29, 1.15, 0, -1, np.nan]
    assert list(hundredths(sizes)) == [1400, 980, 3240, 820, 29, 115, 0, -1, -1]
