"""Courses of one subject, drawn: a line a lesion, a column a visit, the first column baseline.

T is a target, K a nodal target, N a non-target, M a nodal non-target; sizes in mm. ``gone`` is
absent, ``ts`` too small to measure, ``ne`` not evaluable, ``-`` no row, ``8+4`` fragments, ``>T1``
merged into T1; ``X`` a new lesion, ``X?`` an equivocal one. Below stands what must come out.
"""

from dataclasses import replace

import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.assess import assess
from cdisc_hai.recist.lesions import (
    Baseline,
    Lesion,
    NewLesion,
    NonTargetValue,
    TargetValue,
    Visit,
    VisitResult,
)
from cdisc_hai.recist.policy import Policy

POLICY = Policy(minimum_sd_days=0, confirmation_days=0)
WORDS = {"gone": "absent", "ts": "too small", "ne": "not evaluable"}
STATES = {**WORDS, "pres": "present", "prog": "progressed"}

COURSES = """
response, then progression from the nadir and not from the baseline
T1      | 40 | 20  | 15  | 21
T2      | 30 | 20  | 15  | 20
sum     | 70 | 40  | 30  | 41
nadir   |    | 70  | 40  | 30
target  |    | PR  | PR  | PD
overall |    | PR  | PR  | PD

20 percent without 5 mm is no progression
T1      | 40 | 10  | 14  | 15
nadir   |    | 40  | 10  | 10
target  |    | PR  | PR  | PD

a small target is 5 mm, an absent one 0, and one without a value never 0
T1      | 20 | ts  | gone | -  | ne
T2      | 20 | 20  | 8    | 8  | 4
sum     | 40 | 25  | 8    | 8  | 4
complete|    | yes | yes  | no | no
nadir   |    | 40  | 25   | 8  | 8
target  |    | PR  | PR   | NE | NE

a partial sum is progression where it suffices, and never a nadir
T1      | 20 | 10 | ne | 25
T2      | 20 | 10 | 2  | ne
T3      | 20 | 10 | 2  | ne
sum     | 60 | 30 | 4  | 25
nadir   |    | 60 | 30 | 30
target  |    | PR | NE | NE

a partial sum that is progression
T1      | 20 | 10 | 30 | 12
T2      | 20 | 10 | ne | 12
sum     | 40 | 20 | 30 | 24
nadir   |    | 40 | 20 | 20
target  |    | PR | PD | PR

no sum at baseline, no target response
T1      | 20 | 10 | gone
T2      | ne | 10 | gone
sum     |    | 20 | 0
nadir   |    |    | 20
target  |    | NE | NE
overall |    | NE | NE

nodes are normal below 10 mm, so a CR has a sum
T1      | 20 | gone | gone | gone
K2      | 16 | 9.9  | 10   | 9
sum     | 36 | 9.9  | 10   | 9
target  |    | CR   | PD   | CR
overall |    | CR   | PD   | CR

after an overall CR a target that comes back is progression, whatever its size
T1      | 40 | gone | 2  | gone | ts
nadir   |    | 40   | 0  | 0    | 0
target  |    | CR   | PD | CR   | PD

after a target CR without an overall CR it is only added to the sum
T1      | 40   | gone          | 2             | 6
N1      | pres | pres          | pres          | pres
nadir   |      | 40            | 0             | 0
target  |      | CR            | PR            | PD
nontarget|     | NON-CR/NON-PD | NON-CR/NON-PD | NON-CR/NON-PD
overall |      | PR            | PR            | PD

after an overall CR a non-target present again is progression, a node present is not
T1      | 40   | gone | gone          | gone
N1      | pres | gone | gone          | pres
M2      | pres | gone | pres          | gone
nontarget|     | CR   | NON-CR/NON-PD | PD
overall |      | CR   | PR            | PD

progression is certain also where another lesion has no value
T1      | 40   | gone | 3
T2      | 40   | gone | ne
target  |      | CR   | PD

a CR of non-targets alone is an overall CR too
N1      | pres | gone | pres
sum     |      |      |
target  |      | NA   | NA
nontarget|     | CR   | PD
overall |      | CR   | PD

non-targets alone
N1      | pres | pres          | ne | -  | prog
overall |      | NON-CR/NON-PD | NE | NE | PD

nothing at baseline: no evidence of disease until a new lesion
target  |  | NA  | NA
new     |  | .   | X
overall |  | NED | PD

a new lesion is progression at every visit from its first on
T1      | 40 | 20 | 20 | 20
new     |    | .  | X  | .
target  |    | PR | PR | PR
overall |    | PR | PD | PD

an equivocal new lesion counts from its first sighting once it is confirmed
T1      | 40 | 20 | 20 | 20
new     |    | X? | .  | X
overall |    | PD | PD | PD

an equivocal new lesion alone does not count
T1      | 40 | 20 | 20
new     |    | X? | X?
overall |    | PR | PR

a lesion that split is the sum of its fragments, one that merged is in its host
T1      | 20 | 8+4 | 20
T2      | 20 | 20  | >T1
sum     | 40 | 32  | 20
target  |    | SD  | PR

the exact borders of 30 and 20 percent and 5 mm
T1      | 14.0 | 9.8 | 9.81
target  |      | PR  | SD

the exact border of 20 percent
T1      | 38.6 | 27.0 | 32.3 | 32.4
target  |      | PR   | SD   | PD

the exact border of 5 mm
T1      | 20.0 | 3.2 | 8.1 | 8.2
target  |      | PR  | PR  | PD

a node counts with its short axis, normal or not
T1      | 30 | 10 | 10
K2      | 20 | 9  | 12
sum     | 50 | 19 | 22
target  |    | PR | PR

a normal node beside a lesion that is there is no CR
T1      | 20 | 1
K2      | 15 | 9
sum     | 35 | 10
target  |    | PR

nodes alone are a CR when all of them are normal
K1      | 15 | 9.9 | 10
target  |    | CR  | PD
overall |    | CR  | PD

too small to measure is not gone
T1      | 20 | ts | gone
sum     | 20 | 5  | 0
target  |    | PR | CR

from too small to measure to 10 mm is 5 mm more
T1      | 20 | ts | 9.9 | 10
nadir   |    | 20 | 5   | 5
target  |    | PR | PR  | PD

the sum decides, also where one lesion grows
T1      | 50 | 20 | 10
T2      | 10 | 15 | 25
sum     | 60 | 35 | 35
target  |    | PR | PR

progression is counted from the nadir, also below the baseline
T1      | 100 | 50 | 60
target  |     | PR | PD

stable disease lies between 30 percent less and 20 percent more
T1      | 100 | 71 | 85 | 85.2
nadir   |     | 100 | 71 | 71
target  |     | SD | SD | PD

the nadir may be the baseline
T1      | 50 | 59.9 | 60
nadir   |    | 50   | 50
target  |    | SD   | PD

a visit that is not evaluable is passed over by the nadir
T1      | 50 | 20 | ne | 24 | 25
nadir   |    | 50 | 20 | 20 | 20
target  |    | PR | NE | PR | PD

a non-target that progressed is progression beside a response
T1       | 40   | 20
N1       | pres | prog
target   |      | PR
nontarget|      | PD
overall  |      | PD

targets that progressed are progression beside non-targets that are gone
T1       | 40   | 60
N1       | pres | gone
nontarget|      | CR
overall  |      | PD

a non-target that is not evaluable makes a PR of a target CR
T1       | 40   | gone
N1       | pres | ne
nontarget|      | NE
overall  |      | PR

non-targets that are not evaluable leave SD and PR as they are
T1       | 40   | 40 | 20
N1       | pres | ne | -
overall  |      | SD | PR

targets that are not evaluable are NE unless something progressed
T1       | 40   | ne   | ne
N1       | pres | gone | prog
overall  |      | NE   | PD

a new lesion is progression where nothing else was looked at
T1      | 40 | -
new     |    | X
target  |    | NE
overall |    | PD

an equivocal new lesion that is confirmed takes a CR back
T1      | 40 | gone | gone
new     |    | X?   | X
target  |    | CR   | CR
overall |    | PD   | PD

a merged lesion is 0 for as long as its host lives
T1      | 20 | 30  | 28
T2      | 20 | >T1 | >T1
sum     | 40 | 30  | 28
nadir   |    | 40  | 30
target  |    | SD  | PR

a lesion that merged into one without value has none either
T1      | 20 | ne
T2      | 20 | >T1
complete|    | no
target  |    | NE

the fragments of a split lesion progress together
T1      | 20 | 10 | 8+6.9 | 8+7
target  |    | PR | SD    | PD

after a CR a part without disease is not evaluable
T1      | 20 | gone | gone
T2      | 20 | gone | ne
target  |    | CR   | NE
overall |    | CR   | NE

from a nadir of 0 the 5 mm alone decide
T1      | 20   | gone | 4.9  | 5
N1      | pres | pres | pres | pres
nadir   |      | 20   | 0    | 0
target  |      | CR   | PR   | PD

39.9 is not 20 percent above 33.3, and 40 is
T1      | 60 | 33.3 | 39.9 | 40
nadir   |    | 60   | 33.3 | 33.3
target  |    | PR   | PR   | PD

five targets are one sum
T1      | 20 | 14
T2      | 20 | 14
T3      | 20 | 14
T4      | 20 | 14
K5      | 20 | 14
sum     | 100 | 70
target  |     | PR
"""


def blocks() -> list[tuple[str, dict[str, list[str]]]]:
    found = []
    for block in COURSES.strip().split("\n\n"):
        name, *lines = block.splitlines()
        cells = [[cell.strip() for cell in line.split("|")] for line in lines]
        found.append((name, {row[0]: row[1:] for row in cells}))
    return found


def target(name: str, cell: str) -> TargetValue | None:
    if cell == "-":
        return None
    if cell in WORDS:
        return TargetValue(name, STATES[cell])
    if cell.startswith(">"):
        return TargetValue(name, "merged", host=cell[1:])
    if "+" in cell:
        return TargetValue(name, "split", fragments=tuple(map(hundredths, cell.split("+"))))
    return TargetValue(name, "measured", hundredths(cell))


def hundredths(mm: str) -> int:
    whole, _, part = mm.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def subject(rows: dict[str, list[str]]) -> tuple[Baseline, list[Visit]]:
    def seen(column: int) -> tuple[TargetValue, ...]:
        cells = [target(name, rows[name][column]) for name in rows if name[0] in "TK"]
        return tuple(cell for cell in cells if cell)

    def other(column: int) -> tuple[NonTargetValue, ...]:
        cells = {name: rows[name][column] for name in rows if name[0] in "NM"}
        return tuple(NonTargetValue(n, STATES[cell]) for n, cell in cells.items() if cell != "-")

    def new(column: int) -> tuple[NewLesion, ...]:
        cell = rows.get("new", ["."] * (column + 1))[column]
        return () if cell == "." else (NewLesion("X", equivocal=cell == "X?"),)

    chosen = [Lesion(name, "organ", nodal=name[0] in "KM") for name in rows]
    baseline = Baseline(
        tuple(lesion for lesion in chosen if lesion.name[0] in "TK"),
        seen(0),
        tuple(lesion for lesion in chosen if lesion.name[0] in "NM"),
    )
    visits = range(1, max(map(len, rows.values())))
    return baseline, [Visit(50 * v, seen(v), other(v), new(v), ref=v) for v in visits]


def drawn(result: VisitResult) -> dict[str, str]:
    def mm(size: int | None) -> str:
        return "" if size is None else f"{size / 100:g}"

    return {
        "sum": mm(result.sum),
        "complete": "yes" if result.complete else "no",
        "nadir": mm(result.nadir),
        "target": result.target,
        "nontarget": result.nontarget,
        "overall": result.overall,
    }


@pytest.mark.parametrize(("name", "rows"), blocks(), ids=[name for name, _ in blocks()])
def test_a_course_is_answered_as_drawn(name: str, rows: dict[str, list[str]]) -> None:
    baseline, visits = subject(rows)
    results = assess(baseline, visits, policy=POLICY)
    asked = [row for row in rows if row in drawn(results[0])]
    assert asked, name
    for row in asked:
        assert [drawn(result)[row] for result in results] == rows[row][1:], row
        if row == "sum" and results[0].baseline_sum is not None:
            assert results[0].baseline_sum == hundredths(rows["sum"][0])


def course(name: str) -> tuple[Baseline, list[Visit]]:
    return subject(dict(blocks())[name])


def test_the_reason_puts_the_three_parts_together() -> None:
    results = assess(
        *course("a new lesion is progression at every visit from its first on"), policy=POLICY
    )
    assert results[1].reason == (
        "sum 20 mm, baseline 40 mm: -50.0 %, -20 mm; nadir 20 mm: 0.0 %, 0 mm: PR"
        "; no non-target lesions: NA; new lesion X: PD; overall PD"
    )


def test_the_reason_says_of_a_new_lesion_that_it_was_equivocal_when_it_was_seen() -> None:
    results = assess(
        *course("an equivocal new lesion counts from its first sighting once it is confirmed"),
        policy=POLICY,
    )
    assert [result.reason.split("; ")[-2] for result in results] == [
        "new lesion X (equivocal until confirmed later): PD",
        "new lesion X (equivocal until confirmed later): PD",
        "new lesion X: PD",
    ]


def test_a_policy_can_leave_disease_seen_again_to_the_sum() -> None:
    baseline, visits = course(
        "after an overall CR a target that comes back is progression, whatever its size"
    )
    policy = replace(POLICY, reappearance_is_pd=False)
    results = assess(baseline, visits, policy=policy)
    assert [result.target for result in results] == ["CR", "PR", "CR", "PD"]


def test_two_visits_of_one_day_do_not_see_each_other() -> None:
    baseline, (first, second, *_) = course(
        "after an overall CR a target that comes back is progression, whatever its size"
    )
    results = assess(baseline, [first, replace(second, day=first.day)], policy=POLICY)
    assert [(result.nadir, result.target) for result in results] == [(4000, "CR"), (4000, "PR")]


def test_a_sum_is_the_nadir_of_later_sums_though_its_visit_ended_with_them() -> None:
    """Targets of 42 mm seen on day 70 and the rest on day 100; 50.4 mm on day 100 are 20 % more."""
    baseline = Baseline((Lesion("T1"),), (TargetValue("T1", "measured", 7000),))
    visits = [
        Visit(100, (TargetValue("T1", "measured", 4200),), sum_day=70),
        Visit(100, (TargetValue("T1", "measured", 5040),)),
    ]
    results = assess(baseline, visits, policy=POLICY)
    assert [(result.nadir, result.target) for result in results] == [(7000, "PR"), (4200, "PD")]


def test_visits_out_of_order_are_refused() -> None:
    with pytest.raises(DerivationError, match="order of their days"):
        assess(Baseline(), [Visit(50), Visit(49)], policy=POLICY)


def test_a_target_not_chosen_at_baseline_enters_no_sum() -> None:
    baseline = Baseline((Lesion("T1"),), (TargetValue("T1", "measured", 4000),))
    values = (TargetValue("T1", "measured", 4000), TargetValue("T9", "measured", 9000))
    (result,) = assess(baseline, [Visit(50, values)], policy=POLICY)
    assert (result.sum, result.target) == (4000, "SD")
