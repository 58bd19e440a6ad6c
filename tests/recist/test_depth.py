"""Depth of response: the lowest sum of a window, against the baseline."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from cdisc_hai.recist.depth import depth_of_response, depth_table
from cdisc_hai.recist.lesions import VisitResult

# day:sum in mm (p partial, P partial and PD) | limits | percent, day; baseline is 40 mm
COURSES = """
nothing                              |                          |            | -
the lowest sum                       | 50:30 100:10 150:20      |            | -75 100
the first of two lowest              | 50:10 100:10             |            | -75 50
growth only: the smallest growth     | 50:50 100:45             |            | 12.5 100
all gone                             | 50:0                     |            | -100 50
a normal node keeps it above -100 %  | 50:8                     |            | -80 50
before the start nothing counts      | -1:10 0:30               |            | -25 0
the progression's own day counts     | 50:30 100:20 150:10      | pd=100     | -50 100
the therapy's own day counts         | 50:30 100:20 150:10      | new=100    | -50 100
the resection's own day does not     | 50:30 100:20 150:10      | cut=100    | -25 50
a partial sum does not count         | 50:30 100:10p            |            | -25 50
a partial sum that is PD does        | 50:60P                   |            | 50 50
only outside the window              | 50:30                    | cut=50     | -
"""
LIMITS = {"pd": "progression", "new": "new_therapy", "cut": "resection"}


def read_line(line: str) -> tuple[list[VisitResult], dict[str, int], tuple[Fraction, int] | None]:
    _, course, limits, answer = (cell.strip() for cell in line.split("|"))
    results = [result(*word.split(":")) for word in course.split()]
    named = {LIMITS[word.split("=")[0]]: int(word.split("=")[1]) for word in limits.split()}
    if answer == "-":
        return results, named, None
    percent, day = answer.split()
    return results, named, (Fraction(percent), int(day))


def result(day: str, size: str) -> VisitResult:
    whole, target = not size.endswith(("p", "P")), "PD" if size.endswith("P") else "SD"
    mm = int(size.rstrip("pP")) * 100
    words = (target, "NA", False, target, "")
    return VisitResult(int(day), int(day), mm, whole, 4000, 4000, *words)


@pytest.mark.parametrize("line", COURSES.strip().splitlines())
def test_the_depth_is_as_drawn_in_both_forms(line: str) -> None:
    results, limits, answer = read_line(line)
    found = depth_of_response(results, start=0, **limits)
    assert (None if found is None else (found.percent, found.day)) == answer
    percent, row = depth_table(
        np.zeros(len(results), dtype=int),
        [one.day for one in results],
        np.array([one.sum for one in results], dtype=int),
        np.array([one.decides_depth for one in results], dtype=bool),
        baseline=[4000],
        start=[0],
        **{name: [limits.get(name, np.nan)] for name in LIMITS.values()},
    )
    if answer is None:
        assert np.isnan(percent[0])
        assert row[0] == -1
    else:
        assert (percent[0], results[row[0]].day) == (float(answer[0]), answer[1])


def test_the_reason_tells_sum_and_baseline() -> None:
    found = depth_of_response([result("50", "30"), result("90", "10")], start=0)
    assert found is not None
    assert found.reason == "sum 10 mm, baseline 40 mm: -75.0 %, the lowest of 2"


@pytest.mark.parametrize("baseline", [0, None])
def test_without_a_sum_at_baseline_there_is_no_depth(baseline: int | None) -> None:
    one = VisitResult(1, 1, 100, True, 100, baseline, "NE", "NA", False, "NE", "")
    assert depth_of_response([one], start=0) is None


def test_ten_thousand_random_subjects_have_the_same_depth_in_both_forms() -> None:
    dice = random.Random(9)
    subjects = [[draw(dice) for _ in range(dice.randint(0, 4))] for _ in range(10_000)]
    names = ("start", *LIMITS.values())
    limits = [
        {name: dice.randint(0, 9) for name in names if name == "start" or dice.random() < 0.3}
        for _ in subjects
    ]
    rows = [(who, one) for who, results in enumerate(subjects) for one in results]
    percent, row = depth_table(
        np.array([who for who, _ in rows]),
        [one.day for _, one in rows],
        np.array([one.sum for _, one in rows]),
        np.array([one.decides_depth for _, one in rows]),
        baseline=np.full(len(subjects), 4000),
        **{name: [limit.get(name, np.nan) for limit in limits] for name in names},
    )
    for who, results in enumerate(subjects):
        found = depth_of_response(results, **limits[who])
        if found is None:
            assert row[who] == -1
            continue
        assert percent[who] == float(found.percent)
        assert rows[row[who]] == (who, next(one for one in results if one.ref == found.ref))


def draw(dice: random.Random) -> VisitResult:
    """A visit of any day, its sum one of few; ``ref`` tells it from every other."""
    drawn = result(str(dice.randint(0, 9)), dice.choice(("0", "10", "20", "50", "5p", "60P")))
    return replace(drawn, ref=dice.getrandbits(60))
